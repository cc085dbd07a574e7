import { readFile } from "node:fs/promises";

/** The kernel's id of this boot: process ids and start ticks mean nothing in another one. */
export async function readBootId(): Promise<string> {
  return (await readFile("/proc/sys/kernel/random/boot_id", "utf8")).trim();
}
