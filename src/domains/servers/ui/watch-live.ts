import type { Query, QueryClient } from "@tanstack/react-query";
import type { Server } from "../contract";
import { type LiveHistory, liveHistory } from "./live-history";

const watched = new WeakSet<QueryClient>();

/**
 * Collects the live figures that the event stream writes into the query cache, from the first call on and for as long as
 * the tab lives. A figure that did not change keeps its object and is counted once.
 */
export function watchLive(client: QueryClient, history: LiveHistory = liveHistory): void {
  if (watched.has(client)) return;
  watched.add(client);
  const last = new Map<string, Server["live"]>();
  const take = (server: Server) => {
    if (last.get(server.id) === server.live) return;
    last.set(server.id, server.live);
    if (server.live.memoryBytes !== null || server.live.cpu !== null || history.of(server.id).length > 0) {
      history.push(server.id, server.live);
    }
  };
  client.getQueryCache().subscribe((event) => {
    if (event.type !== "updated" || event.action.type !== "success") return;
    const path = pathOf(event.query);
    if (path === "servers.list") for (const server of (event.query.state.data ?? []) as Server[]) take(server);
    if (path !== "servers.get" || !event.query.state.data) return;
    const server = event.query.state.data as Server;
    const list = client.getQueryCache().find({ queryKey: listKey, exact: true });
    // Where the list is loaded too, the same event reaches both: once is enough.
    if (!(list?.state.data as Server[] | undefined)?.some(({ id }) => id === server.id)) take(server);
  });
}

const listKey = [["servers", "list"], { type: "query" }];

function pathOf(query: Query): string {
  const [path] = query.queryKey;
  return Array.isArray(path) ? path.join(".") : "";
}
