import { type Clock, systemClock } from "@/server/clock";
import { isAppError } from "@/server/errors";
import { type ManagementConnection, openManagement, unreachable } from "./management-connection";
import type { ManagementEvent, ManagementPort } from "./management-port";

interface Options {
  host: string;
  port: number;
  secret: string;
  clock?: Clock;
  connectTimeoutMs?: number;
  maxBytes?: number;
  /** Between two tries, in ms: they grow from the first to the last; one that is refused its secret waits longest at once. */
  delays?: { first: number; last: number; refused: number };
}

/** A connection that has stood this long was a good one: the next try comes soon. */
const steadyMs = 10_000;

/**
 * Keeps one connection to a running game's management service: opens it by itself, also before the game listens, and again whenever it is
 * lost, with growing delays, until it is closed.
 */
export function createManagementClient(options: Options): ManagementPort {
  const { clock = systemClock, connectTimeoutMs = 5000, maxBytes = 16 * 1024 * 1024, ...target } = options;
  const delays = options.delays ?? { first: 250, last: 5000, refused: 60_000 };
  const closing = new AbortController();
  const listeners = new Set<(event: ManagementEvent) => void>();
  let connection: ManagementConnection | null = null;

  const tell = (name: string) => {
    for (const listener of listeners) listener({ name });
  };
  const { host, port, secret } = target;
  const open = () =>
    openManagement({
      ...{ host, port, secret, clock, connectTimeoutMs, maxBytes, signal: closing.signal },
      onNotification: tell,
    });

  const keep = async () => {
    for (let delay = delays.first; !closing.signal.aborted; ) {
      let isRefused = false;
      try {
        const opened = await open();
        if (closing.signal.aborted) return opened.lose(unreachable("closed"));
        connection = opened;
        const since = clock.now().getTime();
        tell("connected");
        await opened.lost;
        connection = null;
        tell("lost");
        if (clock.now().getTime() - since > steadyMs) delay = delays.first;
      } catch (error) {
        isRefused = isAppError(error) && error.details.reason === "refused";
      }
      await clock.sleep(isRefused ? delays.refused : delay, closing.signal);
      delay = Math.min(delays.last, delay * 2);
    }
  };
  // It ends by the signal alone.
  keep().catch(() => undefined);

  return {
    get isConnected() {
      return connection !== null && !connection.isSilent;
    },
    call(method, params = [], { timeoutMs = 5000 } = {}) {
      return connection?.call(method, params, timeoutMs) ?? Promise.reject(unreachable("not_connected"));
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      closing.abort();
      listeners.clear();
      connection?.lose(unreachable("closed"));
      connection = null;
    },
  };
}
