import { type FileHandle, open, stat } from "node:fs/promises";
import type { RawLogLine } from "../../launch/server/launch-strategy";
import { readLogStart } from "./log-file-start";
import { readLogForward } from "./read-log-forward";

const blockBytes = 64 * 1024;
/** An unfinished last line counts as a line when nothing has been added for this long. */
const idleMs = 500;

/**
 * The last `lines` lines before the byte with offset `before` (an id), or of the whole log, oldest first. Reads backwards a
 * block at a time: neither the size of the file nor the length of a line costs memory. A log that is not there has no lines.
 */
export async function readLogBack(options: { path: string; before?: string; lines: number }): Promise<RawLogLine[]> {
  const { path, lines } = options;
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (found === null || lines <= 0) return [];
  const floor = await readLogStart(path);
  const isSettled = Date.now() - found.mtimeMs >= idleMs;
  const before = options.before === undefined ? Number.POSITIVE_INFINITY : Number(options.before);
  const end =
    before < found.size || isSettled ? Math.min(before, found.size) : await findLineStart(path, found.size, 0, floor);
  if (end <= floor) return [];

  const from = await findLineStart(path, end - 1, lines - 1, floor);
  const result: RawLogLine[] = [];
  for await (const piece of readLogForward(path, from, end)) {
    if (piece.isGap) result.length = 0;
    for (const { start, text } of piece.lines) result.push({ id: String(start), text, seenAt: null });
  }
  return result.slice(-lines);
}

/**
 * Offset of the byte after the newest newline before `end` but for `skip` newlines: where the line begins that `end` is
 * in, or one that many lines earlier. `floor` when there are not so many.
 */
export async function findLineStart(path: string, end: number, skip: number, floor: number): Promise<number> {
  const file = await open(path, "r");
  try {
    const buffer = Buffer.alloc(blockBytes);
    let left = skip;
    for (let blockEnd = end; blockEnd > floor; ) {
      const blockStart = Math.max(floor, blockEnd - blockBytes);
      const block = await readFully(file, buffer.subarray(0, blockEnd - blockStart), blockStart);
      for (let at = block.lastIndexOf(10); at >= 0; at = at === 0 ? -1 : block.lastIndexOf(10, at - 1)) {
        if (left === 0) return blockStart + at + 1;
        left--;
      }
      blockEnd = blockStart;
    }
    return floor;
  } finally {
    await file.close();
  }
}

async function readFully(file: FileHandle, buffer: Buffer, at: number): Promise<Buffer> {
  const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
  return buffer.subarray(0, bytesRead);
}
