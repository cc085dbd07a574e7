"use client";

import { useLiveConnection } from "@/components/live/live-connection";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { Server } from "../contract";

/** How far the image of a starting server has come, 0 to 1 (null: not known yet); undefined while none is fetched for it. */
export function useImagePull({ id, state, launchKind }: Pick<Server, "id" | "state" | "launchKind">) {
  const trpc = useTRPC();
  // The same question as the top bar's, so that nothing more is asked and its event keeps both fresh.
  const isWanted = useLiveConnection() !== "connecting" && state === "starting" && launchKind !== "host";
  const { data } = useQuery({ ...trpc.jobs.list.queryOptions({ active: true }), enabled: isWanted });
  const job = isWanted ? data?.items.find(({ serverId, step }) => serverId === id && step === "image") : undefined;
  if (!job) return undefined;
  return job.done !== null && job.total ? Math.min(1, job.done / job.total) : null;
}
