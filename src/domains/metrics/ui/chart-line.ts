import type { MetricSeries } from "../contract";

/** One of the lines of a chart. */
export interface ChartLine {
  /** What it is where a chart has several; null where the chart's own title says it. */
  label: string | null;
  series: MetricSeries | null;
  /** Text colour: `text-…`. */
  color: string;
  isDashed?: boolean;
}

export const lineColors = {
  first: "text-primary",
  second: "text-sky-700 dark:text-sky-400",
} as const;
