/** Within one line: an empty value has nothing to hide, and the next line is another key's. */
const secretKey =
  /^([^\S\r\n]*(?:rcon\.password|management-server-secret|management-server-tls-keystore-password)[^\S\r\n]*[=:][^\S\r\n]*).+$/gim;

/** Whether a file of this name has secrets that are hidden. */
export function mayHoldSecrets(path: string): boolean {
  return path.split("/").at(-1) === "server.properties";
}

/** The text of a file as it may be shown: in `server.properties` the values of secrets are left out. */
export function hideSecrets(path: string, text: string): string {
  return mayHoldSecrets(path) ? text.replace(secretKey, "$1********") : text;
}

/**
 * The same for a file that leaves, and may be used elsewhere: secrets are empty. Stars would be a password that everybody knows; without one the
 * game keeps RCON off, and makes one for its management service.
 */
export function stripSecrets(path: string, text: string): string {
  return mayHoldSecrets(path) ? text.replace(secretKey, "$1") : text;
}
