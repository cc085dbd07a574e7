"use client";

import type { AvailableServerType, VersionEntry } from "@/domains/versions/contract";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";

const none: readonly VersionEntry[] = [];

/** The versions of a type that can be installed, newest first; none for an own jar. */
export function useVersions(type: AvailableServerType) {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(
    trpc.versions.list.queryOptions({ type }, { enabled: type !== "custom", staleTime: 300_000 }),
  );
  return { versions: type === "custom" ? none : (data ?? none), isKnown: data !== undefined, error, refetch };
}
