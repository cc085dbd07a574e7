import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "@/server/logger";

/**
 * Looks every `pollMs` whether the postmaster lives and brings it back when it does not, waiting longer after each
 * failure (100 ms up to 10 s). Resolves, when `signal` aborts, after a restart under way has come to its end.
 */
export async function watchPostmaster(options: {
  isAlive: () => boolean;
  restart: () => Promise<void>;
  log: Logger;
  signal: AbortSignal;
  pollMs?: number;
}): Promise<void> {
  const { log, signal } = options;
  const pause = (ms: number) => sleep(ms, undefined, { signal, ref: false }).catch(() => {});
  let failures = 0;
  while (!signal.aborted) {
    if (options.isAlive()) {
      await pause(options.pollMs ?? 250);
      continue;
    }
    log.warn(
      failures === 0 ? "the database has ended by itself, starting it again" : { failures },
      "starting the database again",
    );
    try {
      await options.restart();
      log.info("the database is back");
      failures = 0;
    } catch (error) {
      failures++;
      log.error({ err: error, failures }, "the database did not come back");
    }
    await pause(failures === 0 ? 100 : Math.min(10_000, 100 * 2 ** failures));
  }
}
