"use client";

import type { Job } from "@/domains/jobs/contract";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";

const none: Job[] = [];

/** The last jobs of a server, newest first, kept fresh by the event stream. */
export function useServerJobs(serverId: string): Job[] {
  return useQuery(useTRPC().jobs.list.queryOptions({ serverId, limit: 20 })).data?.items ?? none;
}
