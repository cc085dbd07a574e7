import { z } from "zod";

/** Seconds between two samples, and between the starts of two stored rows. */
export const sampleSeconds = 15;

/**
 * What is drawn for each range: `points` points of `stepSeconds`, together the range. Never more than 360, whatever is asked.
 */
export const metricRanges = {
  "1h": { stepSeconds: sampleSeconds, points: 240 },
  "24h": { stepSeconds: 300, points: 288 },
  "7d": { stepSeconds: 1800, points: 336 },
  "30d": { stepSeconds: 7200, points: 360 },
} as const;
export type MetricRange = keyof typeof metricRanges;
export const metricRangeNames = ["1h", "24h", "7d", "30d"] as const satisfies readonly MetricRange[];

/** Cores, bytes, bytes per second, players, ticks per second and milliseconds per tick. */
export const serverMetricNames = [
  "cpu",
  "memoryBytes",
  "diskBytes",
  "diskRead",
  "diskWritten",
  "networkReceived",
  "networkSent",
  "playersOnline",
  "playersMax",
  "tps",
  "mspt",
] as const;
export type ServerMetric = (typeof serverMetricNames)[number];
/** Of the seconds since `at`. Null: not known. */
export type ServerValues = Record<ServerMetric, number | null>;

/** The same of the machine: cores that are busy, memory in use, load average of a minute, use of the disk with the data folder. */
export const hostMetricNames = ["cpu", "memoryBytes", "load", "diskBytes", "networkReceived", "networkSent"] as const;
export type HostMetric = (typeof hostMetricNames)[number];
export type HostValues = Record<HostMetric, number | null>;

/** One number per point, oldest first; null where nothing is known: a gap. */
export interface MetricSeries {
  average: (number | null)[];
  /** The worst of each point: the highest, of `tps` the lowest. Null where every point is one sample. */
  peak: (number | null)[] | null;
}

export interface MetricHistory<Name extends string> {
  range: MetricRange;
  /** Start of the first point. */
  from: Date;
  stepSeconds: number;
  points: number;
  /** Null: no value in the whole range. */
  series: Record<Name, MetricSeries | null>;
  /** The newest sample, whatever the range. Null: there is none, or the server does not run. */
  latest: Record<Name, number | null> | null;
}
export type ServerMetrics = MetricHistory<ServerMetric>;

export interface HostCapacity {
  cores: number;
  memoryBytes: number;
  diskBytes: number;
}
export type HostMetrics = MetricHistory<HostMetric> & { capacity: HostCapacity };

const rangeSchema = z.enum(metricRangeNames).default("1h");
export const serverMetricsInputSchema = z.object({ serverId: z.uuid(), range: rangeSchema });
export const hostMetricsInputSchema = z.object({ range: rangeSchema });

/** Events of the stream: a sample that was just taken; `at` is the start of its seconds. */
export type MetricsEvent =
  | { kind: "metrics"; serverId: string; at: Date; values: ServerValues }
  /** For those who may see health. */
  | { kind: "host"; at: Date; values: HostValues };
