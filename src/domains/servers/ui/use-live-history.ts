"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useSyncExternalStore } from "react";
import { type LiveSample, liveHistory } from "./live-history";
import { watchLive } from "./watch-live";

const none: readonly LiveSample[] = [];

/** The samples of one server that this tab has collected so far, oldest first. */
export function useLiveHistory(serverId: string): readonly LiveSample[] {
  const client = useQueryClient();
  useEffect(() => watchLive(client), [client]);
  const subscribe = useCallback((listener: () => void) => liveHistory.subscribe(serverId, listener), [serverId]);
  return useSyncExternalStore(
    subscribe,
    () => liveHistory.of(serverId),
    () => none,
  );
}
