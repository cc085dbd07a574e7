import { readdir } from "node:fs/promises";
import { type ProcessStat, readProcessStat } from "./process-stat";

const perTurn = 200;

/** Every living process of the machine that mcsd may see. Gives the event loop a turn now and then on busy machines. */
export async function readProcessTable(): Promise<ProcessStat[]> {
  const pids = (await readdir("/proc")).filter((name) => name.charCodeAt(0) >= 49 && name.charCodeAt(0) <= 57);
  const table: ProcessStat[] = [];
  for (const [index, pid] of pids.entries()) {
    if (index % perTurn === perTurn - 1) await new Promise<void>((resolve) => setImmediate(resolve));
    const stat = readProcessStat(Number(pid));
    if (stat?.isAlive) table.push(stat);
  }
  return table;
}

/** The living processes of a process group. Zombies do not count: who should reap them may never do it (pid 1 in a container). */
export async function findProcessGroup(pgid: number): Promise<ProcessStat[]> {
  if (isGroupEmpty(pgid)) return [];
  return (await readProcessTable()).filter((stat) => stat.pgid === pgid);
}

/** One system call: true when not even a zombie is left of the group. */
function isGroupEmpty(pgid: number): boolean {
  try {
    process.kill(-pgid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
