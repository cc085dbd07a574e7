import { setTimeout as delay } from "node:timers/promises";
import { readLogStart } from "./log-file-start";
import type { LogBatch, LogChannel, LogHubEvent } from "./log-hub-channel";
import { readLogForward } from "./read-log-forward";

/** A subscriber this far behind is sent to the file again, so that its slowness costs no memory. */
const maxQueuedLines = 5000;

export interface SubscriptionOptions {
  channel: LogChannel;
  path: string;
  /** Offset of the first byte wanted; null for what comes from now on. */
  from: number | null;
  signal: AbortSignal;
}

/**
 * The lines of a log from an offset on: those that are there from memory or the file, then live. Each line once, none missing,
 * however slow the reader: one that falls behind loses its place in the queue and reads on from the file where it was.
 */
export async function* subscribeToLog({
  channel,
  path,
  from,
  signal,
}: SubscriptionOptions): AsyncGenerator<LogHubEvent> {
  await channel.ready;
  let next = from ?? channel.next;
  let { generation } = channel;
  let isLive = false;
  let queue: LogHubEvent[] = [];
  let queuedLines = 0;
  let wake: () => void = () => undefined;

  const stopListening = channel.listen((event) => {
    if (!isLive) return wake();
    queue.push(event);
    queuedLines += "lines" in event ? event.lines.length : 1;
    if (queuedLines > maxQueuedLines) leaveQueue();
    wake();
  });
  const leaveQueue = () => {
    [isLive, queue, queuedLines] = [false, [], 0];
  };
  const onAbort = () => wake();
  signal.addEventListener("abort", onAbort);
  try {
    while (!signal.aborted) {
      if (isLive) {
        const event = queue.shift();
        if (event === undefined) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        } else if ("lines" in event) {
          queuedLines -= event.lines.length;
          next = Number(event.next);
          yield event;
        } else {
          leaveQueue();
        }
      } else if (generation !== channel.generation || next > channel.next) {
        generation = channel.generation;
        next = Math.min(await readLogStart(path), channel.next);
        yield { gap: true };
      } else if (next === channel.next) {
        isLive = true;
      } else {
        for await (const event of readUpTo(channel, path, next)) {
          if (signal.aborted) return;
          if ("lines" in event) next = Number(event.next);
          yield event;
        }
      }
    }
  } finally {
    stopListening();
    signal.removeEventListener("abort", onAbort);
  }
}

/** What lies between `from` and where the channel is now, from memory if it reaches back so far. */
async function* readUpTo(channel: LogChannel, path: string, from: number): AsyncGenerator<LogHubEvent> {
  const remembered = channel.since(from);
  if (remembered) return yield remembered;
  let reached = from;
  for await (const piece of readLogForward(path, from, channel.next)) {
    if (piece.isGap) yield { gap: true };
    const lines = piece.lines.map(({ start, text }) => ({ id: String(start), text, seenAt: null }));
    const batch: LogBatch = { lines, next: String(piece.next) };
    if (lines.length > 0 || piece.next > reached) yield batch;
    reached = piece.next;
  }
  // The file is shorter than it was: the channel is about to notice that it was cut.
  if (reached === from) await delay(20);
}
