"use client";

import { useQuery } from "@tanstack/react-query";
import type { Job } from "@/domains/jobs/contract";
import { useTRPC } from "@/trpc/client";

const none: Job[] = [];

/** The last jobs of a server, newest first, kept fresh by the event stream. */
export function useServerJobs(serverId: string): Job[] {
  return useQuery(useTRPC().jobs.list.queryOptions({ serverId, limit: 20 })).data?.items ?? none;
}
