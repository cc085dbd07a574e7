"use client";

import { TableIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { MetricHistory, MetricSeries } from "../contract";
import { pointFormats } from "./point-format";

export interface TableColumn {
  title: string;
  series: MetricSeries | null;
  say(value: number): string;
}

interface MetricsTableProps {
  history: Pick<MetricHistory<string>, "range" | "from" | "stepSeconds" | "points">;
  columns: readonly TableColumn[];
}

/** The numbers of all charts, newest first; made when it is asked for. */
export function MetricsTable({ history, columns }: MetricsTableProps) {
  const t = useTranslations("metrics");
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <div className="grid min-w-0 gap-2">
      <Button
        variant="ghost"
        size="sm"
        aria-expanded={isOpen}
        aria-controls={id}
        className="justify-self-start text-muted-foreground max-md:h-11"
        onClick={() => setOpen((was) => !was)}
      >
        <TableIcon />
        {t(isOpen ? "hideTable" : "showTable")}
      </Button>
      <div id={id} hidden={!isOpen} className="min-w-0">
        {isOpen && <Numbers history={history} columns={columns} />}
      </div>
    </div>
  );
}

/** Scrolls both ways itself, so that nothing in it needs to be reached by keys for that. */
const box = "max-h-96 overflow-auto rounded-md border *:overflow-visible";

function Numbers({ history: { range, from, stepSeconds, points }, columns }: MetricsTableProps) {
  const t = useTranslations("metrics");
  const format = useFormatter();
  const shown = columns.filter(({ series }) => series !== null);
  const rows = Array.from({ length: points }, (_, index) => points - 1 - index).filter((index) =>
    shown.some(({ series }) => series?.average[index] !== null),
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section tabIndex={0} aria-label={t("table")} className={box}>
      <Table>
        <TableHeader>
          <TableRow>
            <TableHead scope="col">{t("time")}</TableHead>
            {shown.map(({ title }) => (
              <TableHead key={title} scope="col" className="text-right">
                {title}
              </TableHead>
            ))}
          </TableRow>
        </TableHeader>
        <TableBody>
          {rows.map((index) => (
            <TableRow key={from.getTime() + index * stepSeconds * 1000}>
              <TableHead scope="row" className="h-8 font-normal whitespace-nowrap tabular-nums">
                {format.dateTime(new Date(from.getTime() + index * stepSeconds * 1000), pointFormats[range])}
              </TableHead>
              {shown.map(({ title, series, say }) => {
                const value = series?.average[index] ?? null;
                return (
                  <TableCell key={title} className="py-1 text-right whitespace-nowrap tabular-nums">
                    {value === null ? t("none") : say(value)}
                  </TableCell>
                );
              })}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </section>
  );
}
