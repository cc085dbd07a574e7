import type { Clock } from "@/server/clock";
import type { Logger } from "@/server/logger";
import type { RawLogLine } from "../../launch/server/launch-strategy";
import { createLogChannel, type LogBatch, type LogChannel, type LogHubEvent } from "./log-hub-channel";
import { subscribeToLog } from "./log-hub-subscription";

/** A log is followed for this long after its last subscriber left: people switch between pages. */
const lingerMs = 10_000;

export interface LogHubOptions {
  /** Absolute path of a server's console log. It need not exist yet. */
  pathOf(serverId: string): string;
  clock: Clock;
  log?: Logger;
}

/** The console logs of all servers. Each is read once, however many watch it. */
export interface LogHub {
  /**
   * Lines from the one with id `from` on (`next` of the last batch received; null: only what is new), then live, until
   * aborted. Each line once, none missing. `gap` says that lines before the next ones were cut off and are gone.
   * Live batches are frozen and the same objects for everyone.
   */
  subscribe(serverId: string, from: string | null, signal: AbortSignal): AsyncIterable<LogHubEvent>;
  /** The newest finished lines, at most 1,000, from memory, and where to subscribe to go on after them. */
  recent(serverId: string, count: number): Promise<LogBatch>;
  /** Calls `listener` with every line from id `from` on (null: only what is new), until the returned function is called. */
  onLine(serverId: string, from: string | null, listener: (line: RawLogLine) => void): () => void;
  /** Stops following everything. */
  close(): void;
}

interface Shared {
  channel: LogChannel;
  users: number;
  lingering: NodeJS.Timeout | null;
}

export function createLogHub({ pathOf, clock, log }: LogHubOptions): LogHub {
  const channels = new Map<string, Shared>();

  const enter = (serverId: string): Shared => {
    const known = channels.get(serverId);
    const shared = known ?? { channel: open(serverId), users: 0, lingering: null };
    channels.set(serverId, shared);
    if (shared.lingering) clearTimeout(shared.lingering);
    shared.users++;
    return shared;
  };
  const open = (serverId: string): LogChannel => {
    const onError = (error: unknown) => log?.warn({ serverId, err: error }, "console log cannot be read");
    const channel = createLogChannel({ path: pathOf(serverId), clock, onError });
    channel.ready.catch(() => drop(serverId, channel));
    return channel;
  };
  const drop = (serverId: string, channel: LogChannel) => {
    channel.close();
    if (channels.get(serverId)?.channel === channel) channels.delete(serverId);
  };
  const leave = (serverId: string, shared: Shared) => {
    if (--shared.users > 0) return;
    shared.lingering = setTimeout(() => drop(serverId, shared.channel), lingerMs);
    shared.lingering.unref();
  };

  async function* subscribe(serverId: string, from: string | null, signal: AbortSignal): AsyncGenerator<LogHubEvent> {
    const shared = enter(serverId);
    try {
      const start = from === null ? null : Number(from);
      yield* subscribeToLog({ channel: shared.channel, path: pathOf(serverId), from: start, signal });
    } finally {
      leave(serverId, shared);
    }
  }

  return {
    subscribe,
    recent: async (serverId, count) => {
      const shared = enter(serverId);
      try {
        await shared.channel.ready;
        return shared.channel.recent(count);
      } finally {
        leave(serverId, shared);
      }
    },
    onLine: (serverId, from, listener) => {
      const ending = new AbortController();
      const run = async () => {
        for await (const event of subscribe(serverId, from, ending.signal)) {
          if (!("lines" in event)) continue;
          for (const line of event.lines) if (!ending.signal.aborted) listener(line);
        }
      };
      run().catch((error: unknown) => log?.warn({ serverId, err: error }, "a console listener failed"));
      return () => ending.abort();
    },
    close: () => {
      for (const [serverId, { channel, lingering }] of channels) {
        if (lingering) clearTimeout(lingering);
        drop(serverId, channel);
      }
    },
  };
}
