"use client";

import { ScrollTextIcon, SearchXIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { DeniedState } from "@/components/denied-state";
import { EmptyState } from "@/components/empty-state";
import { ErrorState } from "@/components/error-state";
import { ListFoot } from "@/components/list-foot";
import { PageHeader } from "@/components/page-header";
import { Button } from "@/components/ui/button";
import { useUrlState } from "@/components/use-url-state";
import { useCan } from "@/domains/auth/ui/use-me";
import { cn } from "@/lib/cn";
import { useTRPC } from "@/trpc/client";
import { useInfiniteQuery } from "@/trpc/use-query";
import { auditPageInput, isAuditFiltered, noAuditFilter, readAuditFilter, writeAuditFilter } from "./audit-filter-url";
import { AuditFilters } from "./audit-filters";
import { AuditRow, auditColumns } from "./audit-row";
import { AuditSkeleton } from "./audit-skeleton";
import { ExportMenu } from "./export-menu";

/** Who did what, newest first. */
export function AuditView() {
  const t = useTranslations("audit");
  const canSee = useCan("system.update_settings");
  const [filter, setFilter] = useUrlState(readAuditFilter, writeAuditFilter);
  return (
    <>
      <PageHeader title={t("title")} description={t("text")} actions={canSee && <ExportMenu filter={filter} />} />
      {!canSee && <DeniedState permission="system.update_settings" />}
      {canSee && <AuditFilters filter={filter} onFilter={setFilter} />}
      {canSee && <Entries filter={filter} onFilter={setFilter} />}
    </>
  );
}

function Entries({ filter, onFilter }: React.ComponentProps<typeof AuditFilters>) {
  const t = useTranslations("audit");
  const list = useInfiniteQuery(
    useTRPC().system.audit.infiniteQueryOptions(auditPageInput(filter), {
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: (before) => before,
      staleTime: 0,
    }),
  );
  const entries = list.data?.pages.flatMap(({ items }) => items);
  if (list.isPending) return <AuditSkeleton label={t("loading")} />;
  if (!entries) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (entries.length === 0) {
    const isFiltered = isAuditFiltered(filter);
    return (
      <EmptyState
        icon={isFiltered ? SearchXIcon : ScrollTextIcon}
        title={t(isFiltered ? "noMatch.title" : "empty.title")}
        text={t(isFiltered ? "noMatch.text" : "empty.text")}
        action={
          isFiltered && (
            <Button variant="outline" onClick={() => onFilter(noAuditFilter)}>
              {t("filter.reset")}
            </Button>
          )
        }
      />
    );
  }
  return (
    <div className={cn("grid gap-3 transition-opacity", list.isPlaceholderData && "opacity-60")}>
      <div className="overflow-hidden rounded-lg border bg-card">
        <div
          aria-hidden="true"
          className={cn(
            "hidden gap-x-3 border-b px-3 py-2 text-xs font-medium text-muted-foreground md:grid",
            auditColumns,
          )}
        >
          <span />
          <span>{t("columns.time")}</span>
          <span>{t("columns.who")}</span>
          <span>{t("columns.action")}</span>
          <span>{t("columns.target")}</span>
          <span>{t("columns.result")}</span>
        </div>
        <ol aria-label={t("title")} className="divide-y">
          {entries.map((entry) => (
            <AuditRow key={entry.seq} entry={entry} onFilter={onFilter} />
          ))}
        </ol>
      </div>
      <ListFoot list={list}>{t("shown", { count: entries.length })}</ListFoot>
    </div>
  );
}
