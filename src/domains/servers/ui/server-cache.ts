import type { QueryClient } from "@tanstack/react-query";
import type { useTRPC } from "@/trpc/client";
import type { Server } from "../contract";

type Api = ReturnType<typeof useTRPC>;

/** The list with `server` in place of its older self, or at its end. What the list knows to be newer stays. */
export function replaceServer(servers: readonly Server[], server: Server): Server[] {
  const known = servers.find(({ id }) => id === server.id);
  if (!known) return [...servers, server];
  return servers.map((other) => (other === known ? newer(known, server) : other));
}

/** An answer can be overtaken by an event about what came next: the state that began later is the true one. */
export function newer(known: Server | undefined, answered: Server): Server {
  return known && known.stateSince > answered.stateSince ? known : answered;
}

/** Puts what a call answered into the caches of the list and of the server's own page. */
export function putServer(client: QueryClient, trpc: Api, server: Server): void {
  client.setQueryData(trpc.servers.get.queryKey({ serverId: server.id }), (known) => newer(known, server));
  client.setQueryData(trpc.servers.list.queryKey(), (servers) => servers && replaceServer(servers, server));
}
