"use client";

import { ArchiveIcon, SearchXIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { EmptyState } from "@/components/empty-state";
import { ErrorState } from "@/components/error-state";
import { ListFoot } from "@/components/list-foot";
import { Button } from "@/components/ui/button";
import type { Server } from "@/domains/servers/contract";
import { cn } from "@/lib/cn";
import { useTRPC } from "@/trpc/client";
import { useInfiniteQuery } from "@/trpc/use-query";
import { makingJob } from "./making-job";
import { SnapshotDialogs } from "./snapshot-dialogs";
import { isSnapshotFiltered, noSnapshotFilter, type SnapshotFilter, snapshotListInput } from "./snapshot-filter";
import { SnapshotRow } from "./snapshot-row";
import { SnapshotsSkeleton } from "./snapshots-skeleton";
import { useAnnounceEnds } from "./use-announce-ends";
import { useServerJobs } from "./use-server-jobs";
import { useSnapshotActions } from "./use-snapshot-actions";
import { useSnapshotRights } from "./use-snapshot-rights";

interface SnapshotListProps {
  server: Server;
  filter: SnapshotFilter;
  onFilter: (part: Partial<SnapshotFilter>) => void;
  /** What leads out of an empty list. */
  create: ReactNode;
}

/** Snapshots of a server, newest first; older ones on demand. */
export function SnapshotList({ server, filter, onFilter, create }: SnapshotListProps) {
  const t = useTranslations("snapshots");
  const rights = useSnapshotRights(server);
  const actions = useSnapshotActions();
  const jobs = useServerJobs(server.id);
  const list = useInfiniteQuery(
    useTRPC().snapshots.list.infiniteQueryOptions(snapshotListInput(server.id, filter), {
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: (before) => before,
    }),
  );
  const snapshots = list.data?.pages.flatMap(({ items }) => items);
  useAnnounceEnds(snapshots);
  if (list.isPending) return <SnapshotsSkeleton label={t("loading")} />;
  if (!snapshots) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (snapshots.length === 0) {
    const isFiltered = isSnapshotFiltered(filter);
    return (
      <EmptyState
        icon={isFiltered ? SearchXIcon : ArchiveIcon}
        title={t(isFiltered ? "noMatch.title" : "empty.title")}
        text={t(isFiltered ? "noMatch.text" : rights.create ? "empty.text" : "empty.notCreator")}
        action={
          isFiltered ? (
            <Button variant="outline" onClick={() => onFilter(noSnapshotFilter)}>
              {t("filter.reset")}
            </Button>
          ) : (
            create
          )
        }
      />
    );
  }
  return (
    <div className={cn("grid gap-3 transition-opacity", list.isPlaceholderData && "opacity-60")}>
      <ol aria-label={t("title")} className="divide-y rounded-lg border bg-card">
        {snapshots.map((snapshot) => (
          <SnapshotRow
            key={snapshot.id}
            snapshot={snapshot}
            rights={rights}
            actions={actions}
            job={makingJob(snapshot, jobs)}
          />
        ))}
      </ol>
      <ListFoot list={list}>{t("shown", { count: snapshots.length })}</ListFoot>
      <SnapshotDialogs server={server} actions={actions} />
    </div>
  );
}
