import { readdirSync, readFileSync } from "node:fs";

const ticksPerSecond = 100;

/** Proportional set size in MiB: pages that processes share are counted in parts. Needs the same user, or root. */
export function readPssMb(pid: number): number {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, "latin1");
  return Number(/^Pss:\s+(\d+) kB$/m.exec(text)?.[1]) / 1024;
}

/** User and system time so far, in seconds; the kernel counts in hundredths. */
export function readCpuSeconds(pid: number): number {
  const fields = statFields(pid);
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** The process and everything that it and its children started, as far as it still lives. */
export function processTree(pid: number): number[] {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  const parents = new Map(all.map((candidate) => [candidate, parentOf(candidate)]));
  const tree = [pid];
  for (const member of tree) tree.push(...all.filter((candidate) => parents.get(candidate) === member));
  return tree;
}

function parentOf(pid: number): number | null {
  try {
    return Number(statFields(pid)[1]);
  } catch {
    return null;
  }
}

/** From field 3 on (proc(5)). */
function statFields(pid: number): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, "latin1");
  return text.slice(text.lastIndexOf(") ") + 2).split(" ");
}
