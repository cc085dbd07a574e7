import { closeSync, fstatSync, openSync, readSync, type Stats } from "node:fs";
import { stat } from "node:fs/promises";
import type { Clock } from "@/server/clock";
import { createWake, type Wake } from "../../launch/server/create-wake";
import type { RawLogLine } from "../../launch/server/launch-strategy";
import { type CutLine, createLogFileCutter, type LogFileCutter } from "./log-file-cutter";
import { readLogStart } from "./log-file-start";

const blockBytes = 64 * 1024;
/** Without the system's notice of changes the file is looked at this often; with it, just to be safe. */
const pollMs = 100;
const safetyMs = 500;
/** An unfinished line is given out when nothing has followed for this long: a prompt, or the last words of a dead server. */
const idleMs = 500;

export interface TailLogOptions {
  path: string;
  /** Byte offset to begin at. The file need not exist yet. */
  from: number;
  signal: AbortSignal;
  clock: Clock;
  /** Lines in order; `next` is the offset to go on from. Called in the turn of the event loop that read them. */
  onLines(lines: RawLogLine[], next: number): void;
  /** The file was cut or replaced by another: what follows begins at `next`. */
  onGap(next: number): void;
}

/**
 * Follows a log file until aborted: every byte from `from` on, once and in order, in constant memory. Survives that the
 * file is not there yet, is renamed away and made anew (the old one is read to its end first), or is truncated.
 */
export async function tailLog(options: TailLogOptions): Promise<void> {
  const { path, signal } = options;
  let position = options.from;
  let isReplacement = false;
  while (!signal.aborted) {
    const wake = createWake(path);
    signal.addEventListener("abort", wake.close);
    const file = openIfThere(path);
    try {
      if (file === null) {
        await wake.next(pollMs);
        continue;
      }
      if (isReplacement) position = await findPlace(path, fstatSync(file), position, options.onGap);
      position = await followFile(file, position, wake, options);
      isReplacement = true;
    } finally {
      signal.removeEventListener("abort", wake.close);
      wake.close();
      if (file !== null) closeSync(file);
    }
  }
}

/** Follows one open file until it is no longer the one at `path`; resolves to the position after its last line. */
async function followFile(file: number, from: number, wake: Wake, options: TailLogOptions): Promise<number> {
  const { path, signal } = options;
  const buffer = Buffer.alloc(blockBytes);
  const ino = fstatSync(file).ino;
  let cutter = createLogFileCutter(from, isMidLine(file, from));
  let position = from;
  let lastGrowth = performance.now();
  let lastCheck = lastGrowth;
  let isReplaced = false;
  while (!signal.aborted) {
    // Synchronous on purpose: these bytes were written a moment ago and lie in memory, and the thread pool may be busy.
    const count = readSync(file, buffer, 0, blockBytes, position);
    if (count > 0) {
      position += count;
      lastGrowth = performance.now();
      emit(cutter.push(buffer.subarray(0, count)), cutter, options);
      if (count === blockBytes) await new Promise<void>((resolve) => setImmediate(resolve));
      continue;
    }
    const now = performance.now();
    if (now - lastGrowth >= idleMs) emitUnfinished(cutter, options, false);
    if (isReplaced) {
      emitUnfinished(cutter, options, true);
      break;
    }
    if (now - lastCheck >= pollMs) {
      lastCheck = now;
      if (fstatSync(file).size < position) {
        [position, cutter] = [0, createLogFileCutter(0, false)];
        options.onGap(0);
        continue;
      }
      const current = await stat(path).catch(() => null);
      // One more read after it was found gone: a writer may have got its last bytes in.
      isReplaced = current !== null && current.ino !== ino;
      if (isReplaced) continue;
    }
    await wake.next(wake.isWatching && now - lastGrowth >= idleMs ? safetyMs : pollMs);
  }
  return cutter.next;
}

/** A log that was cut by copying keeps its offsets, which its mark tells; any other new file begins anew. */
async function findPlace(path: string, now: Stats, position: number, onGap: (next: number) => void): Promise<number> {
  const start = await readLogStart(path).catch(() => 0);
  if (start > 0 && start <= position && now.size >= position) return position;
  onGap(start);
  return start;
}

function emit(lines: CutLine[], cutter: LogFileCutter, { clock, onLines }: TailLogOptions): void {
  if (lines.length === 0) return;
  const seenAt = clock.now().toISOString();
  onLines(
    lines.map(({ start, text }) => ({ id: String(start), text, seenAt })),
    cutter.next,
  );
}

function emitUnfinished(cutter: LogFileCutter, options: TailLogOptions, isFinal: boolean): void {
  const line = cutter.flush(isFinal);
  if (line) emit([line], cutter, options);
}

function isMidLine(file: number, at: number): boolean {
  const byte = Buffer.alloc(1);
  return at > 0 && readSync(file, byte, 0, 1, at - 1) === 1 && byte[0] !== 10 && byte[0] !== 0;
}

function openIfThere(path: string): number | null {
  try {
    return openSync(path, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
