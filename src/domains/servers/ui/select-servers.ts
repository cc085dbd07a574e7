import type { Server } from "../contract";
import { type ShownState, shownState, stateOrder } from "./state-mark";

export const serverSorts = ["name", "state", "players"] as const;
export type ServerSort = (typeof serverSorts)[number];

export interface ServerFilter {
  search: string;
  /** Empty: every state. */
  states: readonly ShownState[];
  /** Empty: every tag; else servers that carry one of them. */
  tags: readonly string[];
  sort: ServerSort;
}

export const noFilter: ServerFilter = { search: "", states: [], tags: [], sort: "name" };

const byName = (a: Server, b: Server) =>
  a.name.localeCompare(b.name, undefined, { numeric: true, sensitivity: "base" });

const compare: Readonly<Record<ServerSort, (a: Server, b: Server) => number>> = {
  name: byName,
  state: (a, b) => stateOrder.indexOf(shownState(a)) - stateOrder.indexOf(shownState(b)) || byName(a, b),
  players: (a, b) => (b.live.playersOnline ?? -1) - (a.live.playersOnline ?? -1) || byName(a, b),
};

/** The servers that the filter lets through, sorted. Every word of the search must be found somewhere in the server. */
export function selectServers(servers: readonly Server[], filter: ServerFilter): Server[] {
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean);
  return servers
    .filter((server) => {
      const text = [
        server.name,
        server.description,
        server.type,
        server.version,
        server.port,
        server.ownerName,
        ...server.tags,
      ]
        .join("\n")
        .toLowerCase();
      return (
        words.every((word) => text.includes(word)) &&
        (filter.states.length === 0 || filter.states.includes(shownState(server))) &&
        (filter.tags.length === 0 || filter.tags.some((tag) => server.tags.includes(tag)))
      );
    })
    .sort(compare[filter.sort]);
}

/** All tags in use, each once. */
export function tagsOf(servers: readonly Server[]): string[] {
  return [...new Set(servers.flatMap((server) => server.tags))].sort((a, b) => a.localeCompare(b));
}
