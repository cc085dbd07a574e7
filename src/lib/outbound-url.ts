/** True for an absolute http(s) address without credentials, query or fragment: what an upstream's base URL may be. */
export function isOutboundUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && !username && !password && !search && !hash;
}
