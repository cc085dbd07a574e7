import { type MetricRange, metricRangeNames } from "../contract";

/** The range in a page's address; left out it is an hour. */
export function readMetricsRange(query: { get(name: string): string | null }): { range: MetricRange } {
  const wanted = query.get("range");
  return { range: metricRangeNames.find((name) => name === wanted) ?? "1h" };
}

export function writeMetricsRange({ range }: { range: MetricRange }): URLSearchParams {
  return new URLSearchParams(range === "1h" ? {} : { range });
}
