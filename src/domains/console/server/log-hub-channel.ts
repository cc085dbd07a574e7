import { stat } from "node:fs/promises";
import type { Clock } from "@/server/clock";
import type { RawLogLine } from "../../launch/server/launch-strategy";
import { readLogStart } from "./log-file-start";
import { findLineStart, readLogBack } from "./read-log-back";
import { tailLog } from "./tail-log";

/** Lines that come fast are handed out together at most this often. The first line after a pause goes at once. */
const batchMs = 50;
const maxBatchLines = 1000;
/** What is kept in memory for those who come next. */
const keptLines = 1000;
const keptCharacters = 2 * 1024 * 1024;

/** Lines in order. The very same frozen object goes to all live subscribers: what is made of it can be kept by identity. */
export interface LogBatch {
  readonly lines: readonly RawLogLine[];
  /** Where to go on after these lines: the id for `subscribe`. */
  readonly next: string;
}

export type LogHubEvent = LogBatch | { readonly gap: true };

/** One server's log, followed once for all who listen. */
export interface LogChannel {
  /** Resolves when the newest lines are in memory and the log is followed. Rejects when it cannot be read. */
  readonly ready: Promise<void>;
  /** Offset after the last line handed out to listeners. */
  readonly next: number;
  /** Grows when the log was cut or replaced, which makes older offsets meaningless. */
  readonly generation: number;
  /** The kept lines from exactly offset `from` up to `next`; null when `from` is not the beginning of one of them. */
  since(from: number): LogBatch | null;
  recent(count: number): LogBatch;
  /** `listener` is called in the order of the log, and must not throw. */
  listen(listener: (event: LogHubEvent) => void): () => void;
  close(): void;
}

export interface LogChannelOptions {
  path: string;
  clock: Clock;
  /** Told when following fails; it is tried again a second later. */
  onError(error: unknown): void;
}

export function createLogChannel({ path, clock, onError }: LogChannelOptions): LogChannel {
  const closing = new AbortController();
  const listeners = new Set<(event: LogHubEvent) => void>();
  let kept: RawLogLine[] = [];
  let next = 0;
  let generation = 0;
  let pending: RawLogLine[] = [];
  let pendingNext = 0;
  let lastFlush = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | null = null;

  const tell = (event: LogHubEvent) => {
    for (const listener of listeners) listener(event);
  };
  const flush = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (pending.length === 0) return;
    lastFlush = performance.now();
    const batch: LogBatch = Object.freeze({ lines: Object.freeze(pending), next: String(pendingNext) });
    kept = trimKept([...kept, ...pending]);
    next = pendingNext;
    pending = [];
    tell(batch);
  };
  const onLines = (lines: RawLogLine[], after: number) => {
    for (const line of lines) pending.push(line);
    pendingNext = after;
    const waitMs = batchMs - (performance.now() - lastFlush);
    if (waitMs <= 0 || pending.length >= maxBatchLines) flush();
    else timer ??= setTimeout(flush, waitMs);
  };
  const onGap = (after: number) => {
    flush();
    kept = [];
    next = after;
    generation++;
    tell({ gap: true });
  };
  const follow = async () => {
    while (!closing.signal.aborted) {
      const from = pending.length > 0 ? pendingNext : next;
      await tailLog({ path, from, signal: closing.signal, clock, onLines, onGap }).catch(async (error: unknown) => {
        onError(error);
        await clock.sleep(1000, closing.signal).catch(() => undefined);
      });
    }
  };
  const ready = prime(path).then((primed) => {
    kept = trimKept(primed.lines);
    next = primed.next;
    void follow();
  });
  ready.catch(() => undefined);

  const batchFrom = (index: number): LogBatch => ({ lines: kept.slice(index), next: String(next) });
  return {
    ready,
    get next() {
      return next;
    },
    get generation() {
      return generation;
    },
    since: (from) => {
      const index = kept.findIndex((line) => line.id === String(from));
      return index < 0 ? null : batchFrom(index);
    },
    recent: (count) => batchFrom(Math.max(0, kept.length - count)),
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      if (timer) clearTimeout(timer);
      closing.abort();
    },
  };
}

/** The newest finished lines, and where they end. What is still being written is left to the tail. */
async function prime(path: string): Promise<{ lines: RawLogLine[]; next: number }> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (found === null) return { lines: [], next: 0 };
  const next = await findLineStart(path, found.size, 0, await readLogStart(path));
  return { lines: await readLogBack({ path, before: String(next), lines: keptLines }), next };
}

function trimKept(lines: RawLogLine[]): RawLogLine[] {
  let from = lines.length;
  for (let characters = 0; from > 0 && lines.length - from < keptLines; from--) {
    characters += lines[from - 1]?.text.length ?? 0;
    if (characters > keptCharacters) break;
  }
  return lines.slice(from);
}
