"use client";

import { useEffect, useMemo } from "react";
import { useTRPCClient } from "@/trpc/client";
import { useInfiniteQuery } from "@/trpc/use-query";
import type { FileEntry } from "../contract";
import { folderKey, partInput, toPart } from "./folder-query";

export interface Folder {
  /** In parts, as they come; undefined until the first is there. */
  parts: readonly (readonly FileEntry[])[] | undefined;
  /** Why it could not be read, or not to its end. */
  error: unknown;
  isLoading: boolean;
  hasMore: boolean;
  retry: () => void;
}

/** What a folder holds: the first entries at once, the others one part after the other without being asked for. */
export function useFolder(serverId: string, path: string, isWanted = true): Folder {
  const api = useTRPCClient();
  const list = useInfiniteQuery({
    queryKey: folderKey(serverId, path),
    queryFn: async ({ pageParam, signal }) =>
      toPart(await api.files.list.query(partInput(serverId, path, pageParam), { signal }), pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (part) => part.next,
    // Comparing 100,000 entries with those before costs more than drawing the few that are seen.
    structuralSharing: false,
    enabled: isWanted,
  });
  const { hasNextPage, isFetching, isError, fetchNextPage } = list;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage({ cancelRefetch: false });
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  const pages = list.data?.pages;
  const parts = useMemo(() => pages?.map(({ entries }) => entries), [pages]);
  return {
    parts,
    error: list.error,
    isLoading: list.isPending,
    hasMore: hasNextPage,
    retry: () => void (list.data && hasNextPage ? fetchNextPage() : list.refetch()),
  };
}
