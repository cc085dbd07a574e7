import type { QueryClient } from "@tanstack/react-query";
import type { useTRPC } from "@/trpc/client";
import type { Server } from "../contract";

type Api = ReturnType<typeof useTRPC>;

/** The list with `server` in place of its older self, or at its end. */
export function replaceServer(servers: readonly Server[], server: Server): Server[] {
  const isKnown = servers.some(({ id }) => id === server.id);
  return isKnown ? servers.map((known) => (known.id === server.id ? server : known)) : [...servers, server];
}

/** Puts what a call answered into the caches of the list and of the server's own page. */
export function putServer(client: QueryClient, trpc: Api, server: Server): void {
  client.setQueryData(trpc.servers.get.queryKey({ serverId: server.id }), server);
  client.setQueryData(trpc.servers.list.queryKey(), (servers) => servers && replaceServer(servers, server));
}
