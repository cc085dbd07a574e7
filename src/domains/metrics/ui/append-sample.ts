import type { MetricHistory, MetricSeries } from "../contract";

/** A history with one more sample in its place: at the end, what is too old falls off. Null: it belongs before all of it. */
export function appendSample<Name extends string, History extends MetricHistory<Name>>(
  history: History,
  at: Date,
  values: Record<Name, number | null>,
): History | null {
  const { from, stepSeconds, points, series } = history;
  const stepMs = stepSeconds * 1000;
  const place = Math.floor((at.getTime() - from.getTime()) / stepMs);
  if (place < 0) return null;
  const shift = Math.max(0, place - points + 1);
  const changed: [string, MetricSeries | null][] = Object.entries<MetricSeries | null>(series).map(([name, known]) => {
    const value = values[name as Name];
    if (known === null && value === null) return [name, null];
    const average = moved(known?.average, shift, points);
    average[place - shift] = value;
    return [name, { average, peak: known?.peak ? moved(known.peak, shift, points) : null }];
  });
  return {
    ...history,
    from: new Date(from.getTime() + shift * stepMs),
    series: Object.fromEntries(changed),
    latest: values,
  };
}

function moved(values: readonly (number | null)[] | undefined, shift: number, points: number): (number | null)[] {
  return Array.from({ length: points }, (_, index) => values?.[index + shift] ?? null);
}
