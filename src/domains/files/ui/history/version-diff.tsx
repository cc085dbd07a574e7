"use client";

import { useTranslations } from "next-intl";
import { DiffView } from "@/components/diff-view";
import { ErrorState } from "@/components/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { diffLines } from "@/lib/diff-lines";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { FileVersion } from "../../contract";

interface VersionDiffProps {
  of: { serverId: string; path: string };
  version: FileVersion;
  present: string;
}

/** What has changed since that content, line by line. */
export function VersionDiff({ of, version, present }: VersionDiffProps) {
  const t = useTranslations("files.history");
  const { data, error, refetch } = useQuery({
    ...useTRPC().files.version.queryOptions({ ...of, snapshotId: version.snapshotId }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-24" />;
  const lines = data.content === null ? null : diffLines(data.content, present);
  if (!lines) return <p className="text-sm text-muted-foreground">{t("notShown")}</p>;
  if (lines.every(({ kind }) => kind === "same")) return <p className="text-sm text-muted-foreground">{t("same")}</p>;
  return <DiffView label={t("diffOf", { version: version.version })} lines={lines} />;
}
