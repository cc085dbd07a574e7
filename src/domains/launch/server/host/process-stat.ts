import { closeSync, openSync, readSync } from "node:fs";

/** What mcsd needs of /proc/[pid]/stat (proc(5)). */
export interface ProcessStat {
  pid: number;
  pgid: number;
  sid: number;
  /** Start time in clock ticks since boot, field 22. With the boot id it tells a process from a later one of the same pid. */
  startTicks: string;
  /** User and system time used so far, in clock ticks. */
  cpuTicks: number;
  /** False for a zombie; one whose other threads still run counts as alive. */
  isAlive: boolean;
}

const buffer = Buffer.alloc(4096);

/** Reads one process, synchronously: the kernel makes the text up in microseconds. Null when there is no such process. */
export function readProcessStat(pid: number): ProcessStat | null {
  let text: string;
  try {
    const file = openSync(`/proc/${pid}/stat`, "r");
    try {
      text = buffer.toString("latin1", 0, readSync(file, buffer, 0, buffer.length, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
  return parseProcessStat(text);
}

/** Parses the one line of /proc/[pid]/stat. The command in it may hold spaces and brackets, hence the last bracket. */
export function parseProcessStat(text: string): ProcessStat | null {
  const end = text.lastIndexOf(") ");
  if (end < 0) return null;
  const fields = text.slice(end + 2).split(" ");
  const field = (number: number) => fields[number - 3] ?? "0";
  const isZombie = ["Z", "X", "x"].includes(field(3)) && Number(field(20)) <= 1;
  return {
    pid: Number.parseInt(text, 10),
    pgid: Number(field(5)),
    sid: Number(field(6)),
    startTicks: field(22),
    cpuTicks: Number(field(14)) + Number(field(15)),
    isAlive: !isZombie,
  };
}

/** True when `pid` is alive and is the very process that started at `startTicks`. */
export function isSameProcess(pid: number, startTicks: string): boolean {
  const stat = readProcessStat(pid);
  return stat?.isAlive === true && stat.startTicks === startTicks;
}
