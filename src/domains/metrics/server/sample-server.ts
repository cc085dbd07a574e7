import type { LaunchHandle } from "../../launch/server/launch-strategy";
import type { TrackedServer } from "../../servers/server/tracked-server";
import type { UsageTotals } from "../../servers/server/usage-totals";
import type { ServerValues } from "../contract";
import type { TickReport } from "./tick-report";

interface Known {
  ticks: TickReport;
  /** Null: not measured yet. */
  diskBytes: number | null;
}

/** Turns what is known of a running server into the averages since its last sample. */
export function createServerSampler(): (tracked: TrackedServer, known: Known) => ServerValues {
  const last = new WeakMap<LaunchHandle, UsageTotals>();

  return ({ handle, usage, live }, { ticks, diskBytes }) => {
    const to = usage?.newest ?? null;
    const from = (handle && last.get(handle)) ?? usage?.first ?? null;
    if (handle && to) last.set(handle, to);
    const perSecond = (name: Exclude<keyof UsageTotals, "atMs" | "memoryBytes">) => rate(from, to, name);
    return {
      cpu: perSecond("cpuSeconds"),
      memoryBytes: to?.memoryBytes ?? null,
      diskBytes,
      diskRead: perSecond("diskReadBytes"),
      diskWritten: perSecond("diskWrittenBytes"),
      networkReceived: perSecond("networkReceivedBytes"),
      networkSent: perSecond("networkSentBytes"),
      playersOnline: live.playersOnline,
      playersMax: live.playersMax,
      ...ticks,
    };
  };
}

function rate(
  from: UsageTotals | null,
  to: UsageTotals | null,
  name: Exclude<keyof UsageTotals, "atMs" | "memoryBytes">,
): number | null {
  const [before, after] = [from?.[name] ?? null, to?.[name] ?? null];
  if (!from || !to || before === null || after === null || to.atMs <= from.atMs || after < before) return null;
  return ((after - before) * 1000) / (to.atMs - from.atMs);
}
