import { createHash } from "node:crypto";
import { readSteadily } from "./read-steadily";
import { readFully } from "./store-file";
import type { JobContext, LoadedFile, ReadOutcome } from "./worker-jobs";

/** Whole contents of small files. One that has grown is read as far as it goes. */
export async function loadFiles(
  ask: { folder: string; paths: readonly string[] },
  context: JobContext,
): Promise<LoadedFile[]> {
  const loaded: LoadedFile[] = [];
  for (const path of ask.paths) {
    let content: Uint8Array = new Uint8Array(0);
    const outcome = await readSteadily(ask.folder, path, context, (fd, stat) => {
      // One byte more than expected shows that there is more.
      const buffer = Buffer.allocUnsafeSlow(stat.size + 1);
      const read = readFully(fd, buffer, 0);
      content = buffer.subarray(0, Math.min(read, stat.size));
      stat.size = content.length;
      return createHash("sha256").update(content).digest("hex");
    });
    context.addBytes(content.length);
    loaded.push({ outcome, content });
  }
  return loaded;
}

/** Hashes only; nothing is kept. */
export async function hashFiles(
  ask: { folder: string; paths: readonly string[] },
  context: JobContext,
): Promise<ReadOutcome[]> {
  const buffer = Buffer.allocUnsafeSlow(1024 * 1024);
  const outcomes: ReadOutcome[] = [];
  for (const path of ask.paths)
    outcomes.push(
      await readSteadily(ask.folder, path, context, (fd, stat) => {
        const hash = createHash("sha256");
        let size = 0;
        for (let read = -1; read !== 0; size += read) {
          context.checkCancelled();
          read = readFully(fd, buffer, size);
          hash.update(buffer.subarray(0, read));
          context.addBytes(read);
        }
        stat.size = size;
        return hash.digest("hex");
      }),
    );
  return outcomes;
}
