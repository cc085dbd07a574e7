import type { ResourceUsage } from "../../launch/server/launch-strategy";

type Counter = "diskReadBytes" | "diskWrittenBytes" | "networkReceivedBytes" | "networkSentBytes";

/** What a process has used since mcsd watches it, so that an average over any time is a difference of two of these. */
export interface UsageTotals extends Record<Counter, number | null> {
  /** Milliseconds on a clock that only goes on. */
  atMs: number;
  cpuSeconds: number;
  memoryBytes: number;
}

/** A reading's `cpu` is of the time since the one before. */
export function addUsage(totals: UsageTotals | null, usage: ResourceUsage, atMs: number): UsageTotals {
  const { cpu, ...rest } = usage;
  if (totals === null) return { ...rest, atMs, cpuSeconds: 0 };
  return { ...rest, atMs, cpuSeconds: totals.cpuSeconds + (cpu * (atMs - totals.atMs)) / 1000 };
}
