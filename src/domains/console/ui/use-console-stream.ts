"use client";

import { useSubscription } from "@trpc/tanstack-react-query";
import { useEffect, useRef } from "react";
import { useTRPC } from "@/trpc/client";
import type { ConsoleEvent } from "../contract";

export type StreamStatus = "connecting" | "live" | "reconnecting" | "failed";

/**
 * Follows the console of a server. A lost connection is taken up again by itself after the last event received;
 * `failed` means that the server said no and that trying again would not help.
 */
export function useConsoleStream(
  serverId: string,
  onEvent: (event: ConsoleEvent) => void,
): { status: StreamStatus; error: unknown; retry: () => void } {
  const trpc = useTRPC();
  const wasLive = useRef(false);
  const { status, error, reset } = useSubscription(
    trpc.console.stream.subscriptionOptions({ serverId }, { onData: ({ data }) => onEvent(data) }),
  );
  useEffect(() => {
    if (status === "pending") wasLive.current = true;
  }, [status]);
  if (status === "pending") return { status: "live", error: null, retry: reset };
  if (status === "error") return { status: "failed", error, retry: reset };
  return { status: wasLive.current ? "reconnecting" : "connecting", error, retry: reset };
}
