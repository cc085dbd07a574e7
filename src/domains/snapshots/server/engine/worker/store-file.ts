import { createHash } from "node:crypto";
import { closeSync, ftruncateSync, openSync, readSync } from "node:fs";
import { compressToPieces, encodeSeekTable, type Frame, frameBytes, zeroFrame } from "../zstd-frames";
import { isZero } from "./is-zero";
import { readSteadily } from "./read-steadily";
import type { FileStat, JobContext, StoredFile } from "./worker-jobs";
import { writeFully, writePieces } from "./write-fully";

/** Kept per thread: a snapshot reads one file after another, and fresh memory costs more than the hashing. */
const buffers = [Buffer.alloc(0), Buffer.alloc(0)];

/** Reads a file once, and writes its object: hash and compression run side by side, one frame ahead of the disk. */
export async function storeFile(
  ask: { folder: string; path: string; staged: string },
  context: JobContext,
): Promise<StoredFile> {
  const out = openSync(ask.staged, "wx", 0o400);
  let stored = 0;
  let counted = 0;
  try {
    const outcome = await readSteadily(ask.folder, ask.path, context, async (fd, stat) => {
      ftruncateSync(out, 0);
      const result = await copyIn(fd, out, stat, {
        checkCancelled: context.checkCancelled,
        // A second reading of the same bytes is no progress.
        addBytes: (bytes) => {
          counted += bytes;
          if (counted <= stat.size) context.addBytes(bytes);
        },
      });
      stored = result.stored;
      // What was read is what the snapshot holds, also of a file that grew meanwhile.
      stat.size = result.size;
      return result.hash;
    });
    return { outcome, stored };
  } finally {
    closeSync(out);
  }
}

async function copyIn(fd: number, out: number, stat: FileStat, context: JobContext) {
  const hash = createHash("sha256");
  const frames: Frame[] = [];
  let size = 0;
  let stored = 0;
  let pending: Promise<void> | null = null;
  const mayHaveHoles = stat.occupied < stat.size;
  for (let turn = 0; ; turn++) {
    context.checkCancelled();
    const buffer = bufferOf(turn % 2);
    const read = readFully(fd, buffer, size);
    if (read === 0 && size > 0) break;
    const content = buffer.subarray(0, read);
    const compressed =
      mayHaveHoles && read === frameBytes && isZero(content)
        ? zeroFrame().then(({ frame }) => [frame])
        : compressToPieces(content);
    hash.update(content);
    size += read;
    await pending;
    pending = compressed.then((pieces) => {
      const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
      writePieces(out, pieces, stored);
      frames.push({ at: stored, stored: length, size: read });
      stored += length;
      context.addBytes(read);
    });
    // Awaited in the next turn; without a handler a failure meanwhile would end the process.
    pending.catch(() => {});
    if (read < frameBytes) break;
  }
  await pending;
  const table = encodeSeekTable(frames);
  writeFully(out, table, stored);
  stored += table.length;
  return { hash: hash.digest("hex"), size, stored };
}

function bufferOf(index: number): Buffer {
  let buffer = buffers[index];
  if (buffer === undefined || buffer.length === 0) {
    buffer = Buffer.allocUnsafeSlow(frameBytes);
    buffers[index] = buffer;
  }
  return buffer;
}

/** Fills the buffer as far as the file goes. */
export function readFully(fd: number, buffer: Buffer, position: number): number {
  let filled = 0;
  while (filled < buffer.length) {
    const read = readSync(fd, buffer, filled, buffer.length - filled, position + filled);
    if (read === 0) break;
    filled += read;
  }
  return filled;
}
