"use client";

import { useFormatter, useTimeZone } from "next-intl";
import { useMemo } from "react";
import type { MetricRange } from "../contract";
import { markFormats } from "./point-format";
import { timeMarks } from "./time-marks";

/** A mark nearer to an edge would be cut off. */
const edge = 0.05;

/** Times under a chart, as the viewer's clocks show them. */
export function TimeAxis({ range, from, to }: { range: MetricRange; from: Date; to: Date }) {
  const format = useFormatter();
  const timeZone = useTimeZone() ?? "UTC";
  const [start, end] = [from.getTime(), to.getTime()];
  const marks = useMemo(
    () => timeMarks(range, new Date(start), new Date(end), timeZone),
    [range, start, end, timeZone],
  );
  return (
    <div aria-hidden="true" className="relative h-4 text-[0.6875rem] text-muted-foreground tabular-nums">
      {marks
        .filter(({ place }) => place > edge && place < 1 - edge)
        .map(({ time, place }) => (
          <span
            key={time.getTime()}
            className="absolute -translate-x-1/2 whitespace-nowrap"
            style={{ left: `${place * 100}%` }}
          >
            {format.dateTime(time, markFormats[range])}
          </span>
        ))}
    </div>
  );
}
