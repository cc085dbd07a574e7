import { readFile } from "node:fs/promises";
import type { ResourceUsage } from "../launch-strategy";
import { createDiskCounter } from "./disk-counter";
import { readProcessTable } from "./find-process-group";
import type { ProcessStat } from "./process-stat";

/** USER_HZ, the unit of times in /proc/[pid]/stat: 100 on every Linux (kernel ABI, whatever HZ is). */
const ticksPerSecond = 100;
/** Servers that ask at about the same time share one look at /proc. */
const shareMs = 200;

/** A process table that is read at most every 200 ms, however many ask. */
export function createSharedProcessTable(): () => Promise<ProcessStat[]> {
  let last: { at: number; table: Promise<ProcessStat[]> } | null = null;
  return () => {
    if (last === null || performance.now() - last.at > shareMs) {
      last = { at: performance.now(), table: readProcessTable() };
    }
    return last.table;
  };
}

/** Makes a reader of one process group's usage: CPU since its last call (0 at the first), resident memory now, bytes to and from disks. */
export function createUsageReader(
  pgid: number,
  readTable: () => Promise<ProcessStat[]>,
): () => Promise<ResourceUsage | null> {
  let last: Reading | null = null;
  const disk = createDiskCounter();
  return async () => {
    const group = (await readTable()).filter((stat) => stat.pgid === pgid);
    if (group.length === 0) return null;
    const now = { at: performance.now(), cpuTicks: new Map(group.map((stat) => [stat.pid, stat.cpuTicks])) };
    const cpu = last === null ? 0 : coresBetween(last, now);
    last = now;
    const [memory, transfer] = await Promise.all([
      Promise.all(group.map((stat) => readResidentBytes(stat.pid))),
      disk(group.map((stat) => stat.pid)),
    ]);
    return {
      cpu,
      memoryBytes: memory.reduce((sum, bytes) => sum + bytes, 0),
      diskReadBytes: transfer?.read ?? null,
      diskWrittenBytes: transfer?.written ?? null,
      // Sockets are not counted per process by Linux.
      networkReceivedBytes: null,
      networkSentBytes: null,
    };
  };
}

type Reading = { at: number; cpuTicks: Map<number, number> };

function coresBetween(from: Reading, to: Reading): number {
  let ticks = 0;
  for (const [pid, total] of to.cpuTicks) ticks += Math.max(0, total - (from.cpuTicks.get(pid) ?? 0));
  const seconds = (to.at - from.at) / 1000;
  return seconds > 0 ? ticks / ticksPerSecond / seconds : 0;
}

/** VmRSS. The proportional size would be fairer, but makes the kernel walk all page tables of a heap of gigabytes. */
async function readResidentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "latin1").catch(() => "");
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}
