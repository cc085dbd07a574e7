"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Server, ServerEvent } from "@/domains/servers/contract";
import { useTRPC, useTRPCClient } from "@/trpc/client";
import { markLive } from "@/trpc/live-mark";
import { applyServerEvent } from "./apply-server-event";
import type { LiveConnection } from "./live-connection";

const pollMs = 15_000;

/**
 * The one event subscription of a tab: writes what happens into the query cache and says whether it stands. While it does
 * not, active queries are read anew every 15 s instead. `onStateChange` hears of servers whose state is now another.
 */
export function useServerEvents(onStateChange: (server: Server) => void): LiveConnection {
  const api = useTRPCClient();
  const trpc = useTRPC();
  const client = useQueryClient();
  const [connection, setConnection] = useState<LiveConnection>("connecting");

  useEffect(() => {
    const onData = (event: ServerEvent) => {
      if (event.kind === "server") {
        const known = client
          .getQueryData(trpc.servers.list.queryKey())
          ?.find((server) => server.id === event.server.id);
        if (known && known.state !== event.server.state) onStateChange(event.server);
      }
      if (event.kind === "hello") markLive(client);
      applyServerEvent(client, event);
    };
    const subscription = api.servers.events.subscribe(undefined, {
      onData,
      onConnectionStateChange: ({ state, error }) => {
        if (state === "pending") setConnection("online");
        else if (error) setConnection("lost");
      },
      onError: () => setConnection("lost"),
    });
    return () => subscription.unsubscribe();
  }, [api, client, trpc, onStateChange]);

  useEffect(() => {
    if (connection !== "lost") return;
    // Perhaps the session has ended: then this answer leads to the sign-in page.
    void client.invalidateQueries({ queryKey: trpc.auth.me.queryKey() });
    const timer = setInterval(() => void client.invalidateQueries({ refetchType: "active" }), pollMs);
    return () => clearInterval(timer);
  }, [connection, client, trpc]);

  return connection;
}
