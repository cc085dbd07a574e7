"use client";

import { useLiveConnection } from "@/components/live/live-connection";
import { useQuery } from "@/trpc/use-query";

export type Connection = "connecting" | "online" | "reconnecting" | "unhealthy" | "offline";

/**
 * Whether what is shown can be believed. The event stream decides; while it is gone, `GET /api/v1/health` tells apart a
 * dashboard that is there, one that is not ready, and none at all.
 */
export function useConnection(): Connection {
  const live = useLiveConnection();
  const isLost = live === "lost";
  const { data: health } = useQuery({
    queryKey: ["health"],
    queryFn: ({ signal }) => readHealth(signal),
    enabled: isLost,
    refetchInterval: isLost ? 5_000 : false,
    retry: false,
    staleTime: 0,
    gcTime: 0,
  });
  if (!isLost) return live;
  return health === "unhealthy" || health === "offline" ? health : "reconnecting";
}

async function readHealth(signal: AbortSignal): Promise<"ok" | "unhealthy" | "offline"> {
  try {
    const { ok } = await fetch("/api/v1/health", {
      cache: "no-store",
      signal: AbortSignal.any([signal, AbortSignal.timeout(4_000)]),
    });
    return ok ? "ok" : "unhealthy";
  } catch {
    return "offline";
  }
}
