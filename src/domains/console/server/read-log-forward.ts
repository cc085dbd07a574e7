import { type FileHandle, open } from "node:fs/promises";
import { type CutLine, createLogFileCutter } from "./log-file-cutter";
import { readLogStart } from "./log-file-start";

const blockBytes = 64 * 1024;

export interface LogPiece {
  lines: CutLine[];
  /** Offset after the last byte of these lines: where to read on. */
  next: number;
  /** True when bytes before these lines were cut off meanwhile and could not be read. */
  isGap: boolean;
}

/**
 * Reads the lines from byte `from` up to byte `until` (or the end of the file, if it comes earlier), a block at a time. What
 * is unfinished at `until` is given as a line, so that one who goes on from there neither loses nor repeats a byte.
 */
export async function* readLogForward(path: string, from: number, until: number): AsyncGenerator<LogPiece> {
  const file = await open(path, "r");
  try {
    const buffer = Buffer.alloc(blockBytes);
    let at = from;
    let isGap = false;
    let cutter = createLogFileCutter(at, await isMidLine(file, path, at));
    while (at < until) {
      const { bytesRead } = await file.read(buffer, 0, Math.min(blockBytes, until - at), at);
      if (bytesRead === 0) break;
      const block = buffer.subarray(0, bytesRead);
      const start = block.includes(0) ? await readLogStart(path) : 0;
      if (start > at) {
        [at, isGap, cutter] = [start, true, createLogFileCutter(start, false)];
        continue;
      }
      at += bytesRead;
      const lines = cutter.push(block);
      if (lines.length > 0 || isGap) yield { lines, next: cutter.next, isGap };
      isGap = false;
    }
    const last = cutter.flush(true);
    yield { lines: last ? [last] : [], next: cutter.next, isGap };
  } finally {
    await file.close();
  }
}

/** True when byte `at` does not begin a line. After the hole of a log that was cut, the first byte does. */
async function isMidLine(file: FileHandle, path: string, at: number): Promise<boolean> {
  if (at === 0) return false;
  const { bytesRead, buffer } = await file.read(Buffer.alloc(1), 0, 1, at - 1);
  return bytesRead === 1 && buffer[0] !== 10 && at !== (await readLogStart(path));
}
