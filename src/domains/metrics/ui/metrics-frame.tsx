"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ErrorState } from "@/components/error-state";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { cn } from "@/lib/cn";
import type { MetricHistory, MetricRange } from "../contract";
import { MetricsTable, type TableColumn } from "./metrics-table";
import { RangeSwitch } from "./range-switch";

interface MetricsFrameProps<History extends MetricHistory<string>> {
  title: string;
  /** Said while there is no value at all. */
  empty: string;
  range: MetricRange;
  onRange(range: MetricRange): void;
  query: { data: History | undefined; error: unknown; isPlaceholderData: boolean; refetch(): unknown };
  columns(history: History): TableColumn[];
  children(history: History): ReactNode;
}

/** What charts of servers and of the machine have in common: the range, the states of the query, the table. */
export function MetricsFrame<History extends MetricHistory<string>>(props: MetricsFrameProps<History>) {
  const t = useTranslations("metrics");
  const { title, empty, range, onRange, query } = props;
  const { data, error, isPlaceholderData, refetch } = query;
  const hasValues = data !== undefined && Object.values(data.series).some((series) => series !== null);
  return (
    <Card>
      <CardHeader className="flex flex-wrap items-center justify-between gap-2">
        <CardTitle>{title}</CardTitle>
        <RangeSwitch range={range} onRange={onRange} />
      </CardHeader>
      <CardContent className="grid gap-4">
        {error !== null && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
        {error === null && !data && (
          <div role="status" aria-label={t("loading")} className="grid gap-6 md:grid-cols-2">
            <Skeleton className="h-44" />
            <Skeleton className="h-44" />
          </div>
        )}
        {data && !hasValues && <p className="py-6 text-center text-muted-foreground">{empty}</p>}
        {data && hasValues && (
          <>
            <div
              aria-busy={isPlaceholderData}
              className={cn("grid gap-x-8 gap-y-5 md:grid-cols-2", isPlaceholderData && "opacity-60")}
            >
              {props.children(data)}
            </div>
            <MetricsTable history={data} columns={props.columns(data)} />
          </>
        )}
      </CardContent>
    </Card>
  );
}
