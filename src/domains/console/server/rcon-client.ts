import { commandSchema } from "@/domains/console/contract";
import { type Clock, systemClock } from "@/server/clock";
import { AppError } from "@/server/errors";
import { exchangeRcon } from "./rcon-exchange";
import { type RconLink, unreachable } from "./rcon-link";
import { openRconLink } from "./rcon-open";
import type { RconPort } from "./rcon-port";

const maxWaiting = 256;
const lastId = 2 ** 30;

type Waiting = {
  command: string;
  timeoutMs: number;
  resolve(reply: string): void;
  reject(error: unknown): void;
};

/**
 * An RCON client for vanilla's rules (one packet per read, replies in parts of 4,096 characters): one connection, opened
 * at the first command and again when it was lost, one outstanding request, commands in order.
 */
export function createRconClient(options: {
  host: string;
  port: number;
  password: string;
  clock?: Clock;
  /** For connecting and signing in together. */
  connectTimeoutMs?: number;
}): RconPort {
  const { clock = systemClock, connectTimeoutMs = 5000, ...address } = options;
  const closing = new AbortController();
  const waiting: Waiting[] = [];
  let link: RconLink | null = null;
  let isWorking = false;
  let nextId = 2;

  const usableLink = async (): Promise<RconLink> => {
    if (closing.signal.aborted) throw unreachable("closed");
    if (link === null || link.isLost) {
      link = await openRconLink({ ...address, clock, connectTimeoutMs, signal: closing.signal });
    }
    return link;
  };

  const work = async () => {
    if (isWorking) return;
    isWorking = true;
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      try {
        const current = await usableLink();
        nextId = nextId >= lastId ? 2 : nextId + 2;
        const { command, timeoutMs } = item;
        await exchangeRcon(current, { id: nextId, command, timeoutMs }).then(item.resolve, item.reject);
      } catch (error) {
        // Nobody is there: all who wait would learn the same, one connect time limit after the other.
        for (const other of [item, ...waiting.splice(0)]) other.reject(error);
      }
    }
    isWorking = false;
  };

  return {
    command(text, { timeoutMs = 5000 } = {}) {
      const command = commandSchema.safeParse(text);
      if (!command.success) {
        const issues = command.error.issues.map((issue) => issue.message);
        return Promise.reject(new AppError("COMMAND_INVALID", "This cannot be sent as a command.", { issues }));
      }
      if (waiting.length >= maxWaiting) {
        return Promise.reject(new AppError("SERVER_BUSY", "Too many commands are waiting for this server."));
      }
      return new Promise((resolve, reject) => {
        waiting.push({ command: command.data, timeoutMs, resolve, reject });
        void work();
      });
    },
    close() {
      closing.abort();
      for (const item of waiting.splice(0)) item.reject(unreachable("closed"));
      link?.lose(unreachable("closed"));
      link = null;
    },
  };
}
