"use client";

import { errorBodyOf } from "@/components/error-body";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";

/** One server, kept fresh by the event stream. `isGone` once it does not exist any more, or not for this person. */
export function useServer(serverId: string) {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.servers.get.queryOptions({ serverId }));
  return { server: data, error, refetch, isGone: errorBodyOf(error)?.code === "SERVER_NOT_FOUND" };
}
