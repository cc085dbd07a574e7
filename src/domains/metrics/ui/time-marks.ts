import { fromZonedText, toZonedText } from "@/lib/zoned-time";
import type { MetricRange } from "../contract";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** From mark to mark, on the clocks and calendar of the viewer. */
const spacing: Record<MetricRange, number> = { "1h": 10 * minute, "24h": 4 * hour, "7d": day, "30d": 5 * day };

export interface TimeMark {
  time: Date;
  /** Share of the range before it. */
  place: number;
}

/** The marks of a time axis, at round times on the clocks of the zone. */
export function timeMarks(range: MetricRange, from: Date, to: Date, timeZone: string): TimeMark[] {
  const step = spacing[range];
  const marks: TimeMark[] = [];
  const total = to.getTime() - from.getTime();
  // Clock time as if it were UTC: round there is round on the clock.
  const clockOf = (time: Date) => Date.parse(`${toZonedText(time, timeZone)}Z`);
  const last = clockOf(to);
  for (let clock = Math.ceil(clockOf(from) / step) * step; clock <= last; clock += step) {
    const time = fromZonedText(new Date(clock).toISOString().slice(0, 16), timeZone);
    if (!time || time < from || time >= to) continue;
    marks.push({ time, place: (time.getTime() - from.getTime()) / total });
  }
  return marks;
}
