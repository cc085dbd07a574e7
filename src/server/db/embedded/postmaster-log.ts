import { closeSync, constants, fstatSync, ftruncateSync, openSync, readSync } from "node:fs";

const limitBytes = 1_000_000;

/**
 * Opens PostgreSQL's log for appending. It is a file and not a pipe because the postmaster outlives a killed mcsd. A log
 * that has grown past 1 MB starts anew.
 */
export function openPostmasterLog(path: string): number {
  const fd = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND, 0o600);
  if (fstatSync(fd).size > limitBytes) ftruncateSync(fd);
  return fd;
}

/** Keeps the log small while the postmaster runs: it appends, so truncating under it is safe. */
export function trimPostmasterLog(path: string): void {
  try {
    closeSync(openPostmasterLog(path));
  } catch {
    // A full or lost disk must not end mcsd on behalf of a log.
  }
}

/** The last complaint (`FATAL:` or `PANIC:`) after byte `from`, without its time stamp, or null. */
export function lastComplaint(path: string, from: number): string | null {
  let fd: number;
  try {
    fd = openSync(path, "r");
  } catch {
    return null;
  }
  try {
    const start = Math.max(from, fstatSync(fd).size - 16_384, 0);
    const buffer = Buffer.alloc(16_384);
    const length = readSync(fd, buffer, 0, buffer.length, start);
    const complaints = [...buffer.toString("utf8", 0, length).matchAll(/(?:FATAL|PANIC): {2}(.+)/g)];
    return complaints.at(-1)?.[1] ?? null;
  } finally {
    closeSync(fd);
  }
}
