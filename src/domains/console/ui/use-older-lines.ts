"use client";

import { useRef, useState } from "react";
import { useToastError } from "@/components/use-toast-error";
import { useTRPCClient } from "@/trpc/client";
import type { ConsoleFeed, FeedState } from "./console-feed";

const pageLength = 500;

/** Loads what stands before the oldest line; a second call while one is under way does nothing. */
export function useOlderLines(serverId: string, feed: ConsoleFeed, state: FeedState) {
  const client = useTRPCClient();
  const toastError = useToastError();
  const [isLoading, setLoading] = useState(false);
  const isUnderWay = useRef(false);

  const load = async () => {
    const before = feed.oldestId;
    if (isUnderWay.current || state.hasReachedStart || before === null) return;
    isUnderWay.current = true;
    setLoading(true);
    try {
      const { lines } = await client.console.logs.query({ serverId, before, lines: pageLength });
      feed.addOlder(lines);
    } catch (error) {
      toastError(error);
    } finally {
      isUnderWay.current = false;
      setLoading(false);
    }
  };
  return { load, isLoading };
}
