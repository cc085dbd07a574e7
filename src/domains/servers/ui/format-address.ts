const defaultPort = 25565;

/** What a player types into the game: the default port is left out, an IPv6 address is put in brackets. */
export function formatAddress(hostname: string, port: number): string {
  const bare = hostname.replace(/^\[|\]$/g, "");
  if (port === defaultPort) return bare;
  return bare.includes(":") ? `[${bare}]:${port}` : `${bare}:${port}`;
}
