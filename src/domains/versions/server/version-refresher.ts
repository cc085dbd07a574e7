import { schedule } from "node-cron";
import type { RefreshResult, ServerType } from "../contract";
import type { RefreshCtx } from "./refresh-source";
import { refreshVersions } from "./refresh-versions";
import type { VersionSource } from "./version-source";

export interface VersionRefresher {
  readonly sources: readonly VersionSource[];
  /** Refreshes in the background, now and every six hours, until the signal or `stop`. Returns at once. */
  start(signal: AbortSignal): void;
  /** Refreshes one type or all and waits for it; joins a refresh of the same source that already runs. */
  refresh(type?: ServerType): Promise<RefreshResult[]>;
  /** Ends the schedule and whatever runs; resolves when nothing does any more. */
  stop(): Promise<void>;
}

const everySixHours = "0 */6 * * *";
const firstRetryMs = 5 * 60_000;
const longestRetryMs = 60 * 60_000;

/** Keeps the version cache fresh. A source that failed is tried again after 5 minutes, then 10, 20, 40, then every hour. */
export function createVersionRefresher(
  ctx: RefreshCtx & { readonly sources: readonly VersionSource[] },
): VersionRefresher {
  const { clock, log, sources } = ctx;
  const ending = new AbortController();
  const running = new Map<ServerType, Promise<RefreshResult>>();
  const background = new Map<string, Promise<void>>();
  const endings: (() => unknown)[] = [];

  const refresh = async (type?: ServerType) => {
    const results = await refreshVersions({ ...ctx, running }, { type, signal: ending.signal });
    for (const { error, isGood, ...counts } of results) {
      if (isGood && counts.added + counts.changed + counts.removed > 0) log.info(counts, "versions refreshed");
      if (error && !ending.signal.aborted) keepInBackground(`retry ${counts.type}`, () => retry(counts.type));
    }
    return results;
  };

  const retry = async (type: ServerType) => {
    for (let delay = firstRetryMs; ; delay = Math.min(delay * 2, longestRetryMs)) {
      await clock.sleep(delay, ending.signal);
      const results = await refreshVersions({ ...ctx, running }, { type, signal: ending.signal });
      if (results.every((result) => result.error === null)) return;
    }
  };

  const keepInBackground = (name: string, work: () => Promise<unknown>) => {
    if (background.has(name) || ending.signal.aborted) return;
    const done = work()
      .catch((error: Error) => {
        if (!ending.signal.aborted) log.error({ error: error.message }, "version refresh failed");
      })
      .then(() => void background.delete(name));
    background.set(name, done);
  };

  const stop = async () => {
    ending.abort(new Error("mcsd is ending"));
    for (const end of endings.splice(0)) await end();
    await Promise.allSettled([...background.values(), ...running.values()]);
  };

  const start = (signal: AbortSignal) => {
    const tick = () => keepInBackground("scheduled", () => refresh());
    // Not every mcsd in the world at the same second.
    const options = { timezone: "Etc/UTC", maxRandomDelay: 600_000, suppressMissedWarning: true };
    const task = schedule(everySixHours, tick, options);
    const onAbort = () => void stop();
    signal.addEventListener("abort", onAbort, { once: true });
    endings.push(
      () => task.destroy(),
      () => signal.removeEventListener("abort", onAbort),
    );
    if (signal.aborted) onAbort();
    else tick();
  };

  return { sources, start, refresh, stop };
}
