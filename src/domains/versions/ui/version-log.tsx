"use client";

import { HistoryIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { EmptyState } from "@/components/empty-state";
import { ErrorState } from "@/components/error-state";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { useTRPC } from "@/trpc/client";
import { useInfiniteQuery } from "@/trpc/use-query";
import type { VersionChange } from "../contract";

const marks: Record<VersionChange, "success" | "warning" | "muted"> = {
  added: "success",
  changed: "warning",
  removed: "muted",
};

/** What the refreshes added, changed and removed, newest first. */
export function VersionLog() {
  const t = useTranslations("versions");
  const common = useTranslations("common");
  const format = useFormatter();
  const log = useInfiniteQuery(
    useTRPC().versions.log.infiniteQueryOptions({ limit: 50 }, { getNextPageParam: ({ nextCursor }) => nextCursor }),
  );
  const entries = log.data?.pages.flatMap(({ items }) => items) ?? [];

  if (log.error && !log.data) return <ErrorState error={log.error} onRetry={() => void log.refetch()} />;
  if (!log.data) return <Skeleton className="h-96 w-full" />;
  if (entries.length === 0) return <EmptyState icon={HistoryIcon} title={t("log")} text={t("logEmpty")} />;
  return (
    <div className="grid gap-3">
      <div className="overflow-hidden rounded-lg border bg-card">
        <Table>
          <TableHeader>
            <TableRow className="hover:bg-transparent">
              <TableHead>{t("logTime")}</TableHead>
              <TableHead>{t("logWhat")}</TableHead>
              <TableHead>{t("type")}</TableHead>
              <TableHead>{t("version")}</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {entries.map(({ id, at, change, type, version, build, detail }) => (
              <TableRow key={id}>
                <TableCell className="whitespace-nowrap text-muted-foreground tabular-nums">
                  <time dateTime={at}>{format.dateTime(new Date(at), "short")}</time>
                </TableCell>
                <TableCell>
                  <Badge variant={marks[change]}>{t(`logKinds.${change}`)}</Badge>
                </TableCell>
                <TableCell className="whitespace-nowrap">{t(`types.${type}`)}</TableCell>
                <TableCell>
                  <span className="font-mono whitespace-nowrap">
                    {version}
                    {build && <span className="ml-2 text-muted-foreground">#{build}</span>}
                  </span>
                  {change === "changed" && Object.keys(detail).length > 0 && (
                    <span className="ml-3 text-xs text-muted-foreground">
                      {t("fields", { fields: format.list(Object.keys(detail)) })}
                    </span>
                  )}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
      {log.hasNextPage && (
        <Button
          variant="outline"
          size="sm"
          className="justify-self-center"
          disabled={log.isFetchingNextPage}
          onClick={() => void log.fetchNextPage()}
        >
          {common("loadMore")}
        </Button>
      )}
    </div>
  );
}
