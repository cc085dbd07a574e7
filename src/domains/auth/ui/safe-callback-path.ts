const home = "/servers";

/** Where to go after sign-in: a path of our own pages, or the servers. Never another site, whatever the address says. */
export function safeCallbackPath(wanted: string | null | undefined): string {
  if (!wanted?.startsWith("/") || wanted.length > 2000) return home;
  const base = "http://mcsd.invalid";
  if (!URL.canParse(wanted, base)) return home;
  const url = new URL(wanted, base);
  const isOurs = url.origin === base && !/^\/(?:\/|api\/|login|setup|register|reset|renew)/.test(url.pathname);
  return isOurs ? url.pathname + url.search + url.hash : home;
}
