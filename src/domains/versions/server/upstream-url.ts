/** The same path under a base that may have a path of its own: `https://mirror/mojang` + `/v1/x` → `https://mirror/mojang/v1/x`. */
export function onBase(base: URL, path: string): URL {
  return new URL(base.pathname.replace(/\/+$/, "") + path, base);
}

/** The official hosts and the configured base's own. */
export function hostsWithBase(official: readonly string[], base: URL): string[] {
  return [...new Set([...official, base.host])];
}

/** True when a URL that an upstream sent leads to one of these hosts. */
export function isOnHosts(url: string, hosts: readonly string[]): boolean {
  return URL.canParse(url) && hosts.includes(new URL(url).host);
}
