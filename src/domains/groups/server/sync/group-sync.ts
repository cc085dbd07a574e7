import { limitConcurrency } from "@/lib/limit-concurrency";
import { takeTurns } from "@/lib/take-turns";
import type { Clock } from "@/server/clock";
import type { Database } from "@/server/db/connect";
import { isAppError } from "@/server/errors";
import type { EventBus } from "@/server/event-bus";
import type { Logger } from "@/server/logger";
import type { Supervisor } from "../../../servers/server/supervisor";
import type { TrackedServer } from "../../../servers/server/tracked-server";
import { listServersWithEndedBans } from "../applied-repository";
import type { PlayerLists } from "../lists/player-lists";
import { listServersWithGroups, nextBanEnd } from "../repository";
import { markUnreached } from "./mark-unreached";
import { type ChangedGroup, syncLists } from "./sync-lists";

export interface GroupSync {
  /** Brings the server's lists to what its groups say, soon and by itself, however often it takes. */
  wake(serverId: string): void;
  /** A ban may end earlier than was known. */
  banEndsChanged(): void;
  /** Resolves once what was asked for before has been tried. */
  settled(serverId: string): Promise<void>;
  /** Before a server starts, by its files: what a game has in its lists when it starts, it keeps. Never rejects. */
  beforeLaunch(tracked: TrackedServer): Promise<void>;
  /** Work on a server's lists that nothing may come between. */
  inTurn<Result>(serverId: string, work: () => Promise<Result>): Promise<Result>;
  start(shutdown: AbortSignal): void;
}

interface Deps {
  db: Database;
  clock: Clock;
  log: Logger;
  events: EventBus;
  supervisor: Pick<Supervisor, "find">;
  /** By the way that is open; null while there is none. */
  openLists(tracked: TrackedServer): PlayerLists | null;
  /** By the files, whatever the state. */
  openFiles(tracked: TrackedServer): PlayerLists;
}

const firstRetryMs = 1000;
const lastRetryMs = 60_000;
const serversAtOnce = 4;
const longestSleepMs = 60_000;

interface Work {
  running: Promise<void> | null;
  isWanted: boolean;
  tries: number;
  retry: AbortController | null;
}

/**
 * One worker per server at a time. A server that cannot be reached is tried again after a while, and whenever it has become ready or has
 * stopped. Nothing here holds the server's lock: a start waits for files that are being written and looks after them itself.
 */
export function createGroupSync(deps: Deps): GroupSync {
  const { db, clock, log, events, supervisor } = deps;
  const works = new Map<string, Work>();
  const states = new Map<string, string>();
  const inTurn = takeTurns();
  const withRoom = limitConcurrency(serversAtOnce);
  let closing: AbortSignal = new AbortController().signal;
  let alarm = new AbortController();

  const workOf = (serverId: string): Work => {
    const known = works.get(serverId) ?? { running: null, isWanted: false, tries: 0, retry: null };
    works.set(serverId, known);
    return known;
  };

  const publish = (changed: readonly ChangedGroup[], serverId: string) => {
    const serverOwnerId = supervisor.find(serverId)?.record.ownerId ?? null;
    for (const { groupId, ownerId } of changed) {
      events.publish({ ownerId: serverOwnerId, event: { kind: "groups", groupId, serverId } });
      if (ownerId !== serverOwnerId) events.publish({ ownerId, event: { kind: "groups", groupId, serverId: null } });
    }
  };

  /** True when there is nothing to come back for. */
  const attempt = async (serverId: string): Promise<boolean> => {
    const tracked = supervisor.find(serverId);
    if (!tracked) return true;
    const lists = deps.openLists(tracked);
    // It will be heard of again when it is ready or has stopped; a lock is let go without a word.
    if (!lists) return tracked.record.state !== "stopped";
    try {
      publish(await syncLists(deps, serverId, lists), serverId);
      return true;
    } catch (error) {
      if (closing.aborted) return true;
      const isOurs = isAppError(error);
      if (!isOurs) log.warn({ err: error, serverId }, "the lists of a server could not be settled");
      publish(await markUnreached(db, serverId, error), serverId);
      return isOurs && error.code === "LIST_UNREADABLE";
    }
  };

  const run = async (serverId: string, work: Work): Promise<void> => {
    while (work.isWanted && !closing.aborted) {
      work.isWanted = false;
      const isDone = await withRoom(() => inTurn(serverId, () => attempt(serverId))).catch((error: unknown) => {
        log.warn({ err: error, serverId }, "the groups of a server could not be looked at");
        return false;
      });
      work.tries = isDone ? 0 : work.tries + 1;
      if (!isDone && !work.isWanted) retryLater(serverId, work);
    }
  };

  const retryLater = (serverId: string, work: Work) => {
    const retry = new AbortController();
    work.retry = retry;
    const ms = Math.min(lastRetryMs, firstRetryMs * 2 ** (work.tries - 1));
    clock.sleep(ms, AbortSignal.any([retry.signal, closing])).then(
      () => sync.wake(serverId),
      () => {},
    );
  };

  const watchBans = async (): Promise<void> => {
    while (!closing.aborted) {
      alarm = new AbortController();
      let ms = longestSleepMs;
      try {
        const now = clock.now();
        for (const serverId of await listServersWithEndedBans(db, now)) sync.wake(serverId);
        const next = await nextBanEnd(db, now);
        if (next) ms = Math.min(ms, Math.max(0, next.getTime() - now.getTime()) + 10);
      } catch (error) {
        log.warn({ err: error }, "bans that end could not be looked at");
        ms = firstRetryMs;
      }
      await clock.sleep(ms, AbortSignal.any([alarm.signal, closing])).catch(() => {});
    }
  };

  const sync: GroupSync = {
    inTurn,
    wake(serverId) {
      const work = workOf(serverId);
      work.retry?.abort();
      work.isWanted = true;
      if (work.running) return;
      work.running = run(serverId, work).finally(() => {
        work.running = null;
      });
    },
    banEndsChanged: () => alarm.abort(),
    async settled(serverId) {
      await works.get(serverId)?.running;
    },
    async beforeLaunch(tracked) {
      const serverId = tracked.record.id;
      await inTurn(serverId, () => syncLists(deps, serverId, deps.openFiles(tracked))).then(
        (changed) => publish(changed, serverId),
        (error) => log.warn({ err: error, serverId }, "the lists of a server could not be settled before its start"),
      );
    },
    start(shutdown) {
      closing = shutdown;
      events.listen(({ event }) => {
        if (event.kind === "removed") {
          works.delete(event.serverId);
          states.delete(event.serverId);
        }
        if (event.kind !== "server") return;
        const { id, state, control } = event.server;
        const before = states.get(id);
        // What one way cannot do may be done by the other.
        const now = `${state} ${control}`;
        states.set(id, now);
        if (before !== now && (state === "running" || state === "stopped")) sync.wake(id);
      });
      void listServersWithGroups(db).then(
        (ids) => ids.forEach(sync.wake),
        (error) => log.error({ err: error }, "the servers with groups could not be listed"),
      );
      void watchBans();
    },
  };
  return sync;
}
