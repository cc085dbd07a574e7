import { closeSync, fstatSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { isSameStat, openFileInside, toFileStat } from "./open-inside";
import type { FileStat, JobContext, ReadOutcome } from "./worker-jobs";

const tries = 4;
const pauseMs = 40;

/**
 * Runs `read` on the open file, and again when the file changed meanwhile, up to four times; after that the last reading
 * counts and is marked as not steady. `read` returns the hash of what it read.
 */
export async function readSteadily(
  folder: string,
  path: string,
  context: JobContext,
  read: (fd: number, stat: FileStat) => Promise<string> | string,
): Promise<ReadOutcome> {
  for (let attempt = 1; ; attempt++) {
    context.checkCancelled();
    const fd = openFileInside(folder, path);
    if (fd === null) return { kind: "gone", path };
    try {
      const readAtMs = Date.now();
      const stat = toFileStat(fstatSync(fd, { bigint: true }));
      const hash = await read(fd, stat);
      const isSteady = isSameStat(stat, toFileStat(fstatSync(fd, { bigint: true })));
      if (isSteady || attempt === tries) return { kind: "read", path, hash, stat, readAtMs, isSteady };
    } finally {
      closeSync(fd);
    }
    await sleep(pauseMs);
  }
}
