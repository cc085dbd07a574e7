import type { MetricRange } from "../contract";

const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
const date = { month: "short", day: "numeric" } as const;

/** How the time of a point is told. */
export const pointFormats = {
  "1h": { ...clock, second: "2-digit" },
  "24h": { ...date, ...clock },
  "7d": { ...date, ...clock },
  "30d": { ...date, ...clock },
} as const satisfies Record<MetricRange, Intl.DateTimeFormatOptions>;

/** How a mark of the time axis is written, where there is little room. */
export const markFormats = {
  "1h": clock,
  "24h": clock,
  "7d": { month: "numeric", day: "numeric" },
  "30d": { month: "numeric", day: "numeric" },
} as const satisfies Record<MetricRange, Intl.DateTimeFormatOptions>;
