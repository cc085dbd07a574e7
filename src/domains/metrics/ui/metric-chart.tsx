"use client";

import { useFormatter, useTranslations } from "next-intl";
import { cn } from "@/lib/cn";
import type { MetricHistory } from "../contract";
import { ChartDrawing } from "./chart-drawing";
import type { ChartLine } from "./chart-line";
import { chartTop } from "./chart-top";
import { pointFormats } from "./point-format";
import { TimeAxis } from "./time-axis";
import { useChartCursor } from "./use-chart-cursor";

interface MetricChartProps {
  title: string;
  /** The figure of now. */
  value: string;
  /** Shown while nobody looks at a point. */
  hint: string;
  history: Pick<MetricHistory<string>, "range" | "from" | "stepSeconds" | "points">;
  lines: readonly ChartLine[];
  /** Puts a value into words. */
  say(value: number): string;
  /** The top of the axis is not lower than this. */
  least?: number;
  isBytes?: boolean;
  /** The worst is the lowest. */
  isLowWorse?: boolean;
}

/**
 * A figure and its past. A point's values are told under it: of the one under the pointer, or chosen by the arrow keys, which screen
 * readers hear as the values of a slider through time.
 */
export function MetricChart({ title, value, hint, history, lines, say, least, isBytes, isLowWorse }: MetricChartProps) {
  const t = useTranslations("metrics");
  const format = useFormatter();
  const { from, stepSeconds, points, range } = history;
  const { index, handlers } = useChartCursor(points);
  const all = lines.flatMap(({ series }) => [...(series?.average ?? []), ...(series?.peak ?? [])]);
  const top = chartTop(all, { least, isBytes });
  const isEmpty = all.every((known) => known === null);
  const to = new Date(from.getTime() + points * stepSeconds * 1000);
  const timeOf = (at: number) =>
    format.dateTime(new Date(from.getTime() + at * stepSeconds * 1000), pointFormats[range]);

  const tell = ({ label, series }: ChartLine, at: number) => {
    const average = series?.average[at] ?? null;
    const peak = series?.peak?.[at] ?? null;
    const amount = average === null ? t("noValue") : say(average);
    const worst = peak === null || average === null || say(peak) === amount ? "" : say(peak);
    const whole = worst ? t(isLowWorse ? "downTo" : "upTo", { amount, worst }) : amount;
    return label ? t("labelled", { label, amount: whole }) : whole;
  };
  const told = (at: number) =>
    t("point", { time: timeOf(at), values: lines.map((line) => tell(line, at)).join(t("separator")) });

  return (
    <figure className="grid min-w-0 content-start gap-2">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="text-sm text-muted-foreground">{title}</span>
        <span className="text-lg leading-6 font-semibold tabular-nums">{value}</span>
      </figcaption>
      {isEmpty ? (
        <p className="grid h-32 place-items-center rounded-md border border-dashed px-4 text-center text-muted-foreground">
          {t("noneInRange")}
        </p>
      ) : (
        <div>
          <div
            role="slider"
            tabIndex={0}
            aria-label={t("chart", { title })}
            aria-orientation="horizontal"
            aria-valuemin={0}
            aria-valuemax={points - 1}
            aria-valuenow={index ?? points - 1}
            aria-valuetext={told(index ?? points - 1)}
            className="touch-pan-y rounded-sm"
            {...handlers}
          >
            <span aria-hidden="true" className="block text-[0.6875rem] leading-4 text-muted-foreground tabular-nums">
              {say(top)}
            </span>
            <ChartDrawing lines={lines} top={top} points={points} index={index} />
          </div>
          <TimeAxis range={range} from={from} to={to} />
        </div>
      )}
      <p className={cn("min-h-8 text-xs text-muted-foreground tabular-nums", index !== null && "text-foreground")}>
        {index === null || isEmpty ? hint : told(index)}
        {lines.length > 1 && (index === null || isEmpty) && <Legend lines={lines} />}
      </p>
    </figure>
  );
}

function Legend({ lines }: { lines: readonly ChartLine[] }) {
  return (
    <span className="flex flex-wrap gap-x-3">
      {lines.map(({ label, color, isDashed }) => (
        <span key={label} className="inline-flex items-center gap-1.5">
          <svg aria-hidden="true" viewBox="0 0 16 4" className={cn("h-1 w-4", color)}>
            <path d="M0 2H16" stroke="currentColor" strokeWidth={2} strokeDasharray={isDashed ? "4 3" : undefined} />
          </svg>
          {label}
        </span>
      ))}
    </span>
  );
}
