import { readFile } from "node:fs/promises";

/**
 * How many processes the kernel has killed for want of memory since boot, those of containers included
 * (`oom_kill` in /proc/vmstat, Linux 4.13 and later). Null when it cannot be read.
 */
export async function readOomKills(): Promise<number | null> {
  const text = await readFile("/proc/vmstat", "latin1").catch(() => "");
  const count = /^oom_kill (\d+)$/m.exec(text)?.[1];
  return count === undefined ? null : Number(count);
}
