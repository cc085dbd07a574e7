"use client";

import { EqualIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { EmptyState } from "@/components/empty-state";
import { ErrorState } from "@/components/error-state";
import { Button } from "@/components/ui/button";
import { Label } from "@/components/ui/label";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { useTRPC } from "@/trpc/client";
import { useInfiniteQuery, useQuery } from "@/trpc/use-query";
import type { Snapshot } from "../../contract";
import { useSnapshotName } from "../use-snapshot-name";
import type { SnapshotRights } from "../use-snapshot-rights";
import { ChangeRow } from "./change-row";

interface ComparePanelProps {
  snapshot: Snapshot;
  rights: SnapshotRights;
  withId: string | null;
  onWith: (withId: string | null) => void;
  /** Brings one path of the snapshot back. */
  onRestore: (path: string) => void;
}

const now = "now";

/** What is different between a snapshot and the present, or another snapshot. */
export function ComparePanel({ snapshot, rights, withId, onWith, onRestore }: ComparePanelProps) {
  const t = useTranslations("snapshots.compare");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const list = useInfiniteQuery(
    trpc.snapshots.compare.infiniteQueryOptions(
      { snapshotId: snapshot.id, limit: 100, ...(withId && { withSnapshotId: withId }) },
      { getNextPageParam: (page) => page.nextCursor, staleTime: 0 },
    ),
  );
  const counts = list.data?.pages[0]?.counts;
  const changes = list.data?.pages.flatMap(({ items }) => items);
  return (
    <div className="grid gap-3">
      <OtherSide snapshot={snapshot} withId={withId} onWith={onWith} />
      {list.isPending && (
        <div role="status" aria-label={t("loading")} className="grid gap-2">
          <Skeleton className="h-4 w-72 max-w-full" />
          <div className="divide-y rounded-lg border bg-card">
            {["one", "two", "three"].map((place) => (
              <div key={place} className="flex h-11 items-center px-4">
                <Skeleton className="h-4 w-64 max-w-full" />
              </div>
            ))}
          </div>
        </div>
      )}
      {!changes && list.error && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {counts && changes && changes.length > 0 && (
        <p role="status" className="text-sm text-muted-foreground tabular-nums">
          {t("summary", counts)}
        </p>
      )}
      {changes?.length === 0 && <EmptyState icon={EqualIcon} title={t("same")} text={t("sameText")} />}
      {changes && changes.length > 0 && (
        <ul aria-label={t("label")} className="divide-y rounded-lg border bg-card">
          {changes.map((change) => (
            <ChangeRow
              key={change.path}
              change={change}
              snapshotId={snapshot.id}
              withId={withId}
              canSeeLines={rights.files}
              onRestore={rights.restore && change.change !== "added" ? () => onRestore(change.path) : null}
            />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button
          variant="outline"
          size="sm"
          disabled={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
          className="w-fit max-md:h-11"
        >
          {common(list.isFetchingNextPage ? "loading" : "loadMore")}
        </Button>
      )}
    </div>
  );
}

function OtherSide({ snapshot, withId, onWith }: Pick<ComparePanelProps, "snapshot" | "withId" | "onWith">) {
  const t = useTranslations("snapshots.compare");
  const format = useFormatter();
  const nameOf = useSnapshotName();
  const { data } = useQuery(useTRPC().snapshots.list.queryOptions({ serverId: snapshot.serverId, limit: 100 }));
  const others = (data?.items ?? []).filter(({ id, status }) => id !== snapshot.id && status === "complete");
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Label htmlFor="compare-with">{t("with")}</Label>
      <Select value={withId ?? now} onValueChange={(value) => onWith(value === now ? null : value)}>
        <SelectTrigger id="compare-with" className="max-w-full max-md:w-full max-md:data-[size=default]:h-11">
          <SelectValue />
        </SelectTrigger>
        <SelectContent>
          <SelectItem value={now}>{t("now")}</SelectItem>
          {others.map((other) => (
            <SelectItem key={other.id} value={other.id}>
              {nameOf(other)} · {format.dateTime(other.createdAt, "short")}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
    </div>
  );
}
