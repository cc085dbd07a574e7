"use client";

import { useTranslations } from "next-intl";
import { DiffView } from "@/components/diff-view";
import { ErrorState } from "@/components/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";

interface FileDiffViewProps {
  snapshotId: string;
  path: string;
  withSnapshotId: string | null;
}

/** What is different in one text file, line by line. */
export function FileDiffView({ snapshotId, path, withSnapshotId }: FileDiffViewProps) {
  const t = useTranslations("snapshots");
  const { data, error, refetch } = useQuery(
    useTRPC().snapshots.diffFile.queryOptions({ snapshotId, path, ...(withSnapshotId && { withSnapshotId }) }),
  );
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data)
    return (
      <div role="status" aria-label={t("diff.loading")} className="grid gap-1.5 p-3">
        <Skeleton className="h-3.5 w-2/3" />
        <Skeleton className="h-3.5 w-1/2" />
      </div>
    );
  if (data.kind !== "text") return <p className="p-3 text-sm text-muted-foreground">{t(`diff.${data.kind}`)}</p>;
  if (data.lines.every(({ kind }) => kind === "same"))
    return <p className="p-3 text-sm text-muted-foreground">{t("diff.same")}</p>;
  return <DiffView label={t("compare.diffOf", { path })} lines={data.lines} />;
}
