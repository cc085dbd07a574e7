import { readFile } from "node:fs/promises";

/** What went between processes and disks, page cache not counted. */
export interface DiskTransfer {
  read: number;
  written: number;
}

/** Adds up what a changing set of processes read and wrote; the share of one that has ended stays counted. Null: not readable. */
export function createDiskCounter(
  readIo: (pid: number) => Promise<DiskTransfer | null> = readProcessIo,
): (pids: readonly number[]) => Promise<DiskTransfer | null> {
  let last = new Map<number, DiskTransfer>();
  const total = { read: 0, written: 0 };
  return async (pids) => {
    const now = new Map<number, DiskTransfer>();
    for (const pid of pids) {
      const transfer = await readIo(pid);
      if (transfer === null) continue;
      now.set(pid, transfer);
      const before = last.get(pid);
      total.read += grown(before?.read, transfer.read);
      total.written += grown(before?.written, transfer.written);
    }
    last = now;
    return now.size === 0 ? null : { ...total };
  };
}

/** A count that has fallen is of a new process with an old number. */
function grown(before: number | undefined, after: number): number {
  return before === undefined || after < before ? after : after - before;
}

/** /proc/[pid]/io (proc(5)): readable for root and for the user of the process. */
async function readProcessIo(pid: number): Promise<DiskTransfer | null> {
  const text = await readFile(`/proc/${pid}/io`, "latin1").catch(() => "");
  const [read, written] = [/^read_bytes: (\d+)$/m.exec(text)?.[1], /^write_bytes: (\d+)$/m.exec(text)?.[1]];
  return read === undefined || written === undefined ? null : { read: Number(read), written: Number(written) };
}
