const secretKey = /^(\s*(?:rcon\.password|management-server-secret)\s*[=:]\s*).*$/gim;

/** The text of a file as it may be shown: in `server.properties` the values of secrets are left out. */
export function hideSecrets(path: string, text: string): string {
  return path.split("/").at(-1) === "server.properties" ? text.replace(secretKey, "$1********") : text;
}
