import type { QueryClient } from "@tanstack/react-query";

const live = new WeakSet<QueryClient>();

/** The event stream stands: from here on it tells of every change of what the cache holds, and of nothing that is put in later. */
export function markLive(client: QueryClient): void {
  live.add(client);
}

export function isLive(client: QueryClient): boolean {
  return live.has(client);
}
