import { stat } from "node:fs/promises";
import { takeTurns } from "@/lib/take-turns";
import type { EventBus } from "@/server/event-bus";
import type { ServerState } from "../../servers/contract";
import type { Supervisor } from "../../servers/server/supervisor";
import type { TrackedServer } from "../../servers/server/tracked-server";
import { type FollowDeps, type Follower, followPlayers } from "./follow-players";
import { listMarks, listOpenStays, touchStays } from "./repository";

export interface TrackerDeps extends Omit<FollowDeps, "changed"> {
  events: EventBus;
  supervisor: Pick<Supervisor, "all" | "find">;
  /** Left out: a little more than between two pings, so that each look meets a new list. */
  compareEveryMs?: number;
}

/** Knows who plays where, and who did. */
export interface PlayerTracker {
  /** Follows every server that runs, and settles what happened while mcsd was away, until the signal. Returns at once. */
  start(signal: AbortSignal): void;
}

const touchEveryMs = 60_000;
/** The list of a management service is read again at once when somebody comes or goes. */
const rosterEveryMs = 1000;

export function createPlayerTracker(deps: TrackerDeps): PlayerTracker {
  const { db, clock, log, events, supervisor, compareEveryMs = 6000 } = deps;
  const followers = new Map<string, Follower>();
  /** Followed, or about to be. */
  const active = new Set<string>();
  const inTurn = takeTurns();
  let isOver = false;

  const changed = (serverId: string) => {
    const ownerId = supervisor.find(serverId)?.record.ownerId;
    if (ownerId) events.publish({ ownerId, event: { kind: "players", serverId } });
  };
  const follow = (serverId: string) => {
    const known = followers.get(serverId);
    if (known) return known;
    const follower = followPlayers({ ...deps, changed }, serverId);
    followers.set(serverId, follower);
    return follower;
  };
  const apply = async (serverId: string, state: ServerState) => {
    if (isOver) return;
    const follower = follow(serverId);
    if (state !== "stopped") return;
    const tracked = supervisor.find(serverId);
    followers.delete(serverId);
    await follower.settle(tracked ? endOf(tracked) : null);
  };
  const queue = (serverId: string, state: ServerState) => {
    if (state === "stopped") active.delete(serverId);
    else active.add(serverId);
    void inTurn(serverId, () => apply(serverId, state)).catch((error) =>
      log.error({ err: error, serverId }, "the stays of a server's players were not settled"),
    );
  };

  const forget = (serverId: string) => {
    followers.get(serverId)?.close();
    followers.delete(serverId);
    active.delete(serverId);
  };

  /** Servers that are stopped and have left something unread or somebody inside. */
  const catchUp = async () => {
    const [marks, open] = await Promise.all([listMarks(db), listOpenStays(db)]);
    const inhabited = new Set(open.map(({ serverId }) => serverId));
    for (const { record } of supervisor.all()) {
      const mark = marks.get(record.id);
      const size = await stat(deps.consoleLogPath(record.id)).then(
        (found) => found.size,
        () => 0,
      );
      const isSettled = !inhabited.has(record.id) && (!mark || mark.next >= size);
      if (record.state !== "stopped" || !isSettled) queue(record.id, record.state);
    }
  };

  const look = async (signal: AbortSignal) => {
    let touchedAt = clock.now().getTime();
    const pauseMs = Math.min(compareEveryMs, rosterEveryMs);
    for (let round = 1; !signal.aborted; round++) {
      await clock.sleep(pauseMs, signal);
      const isWithPings = round % Math.round(compareEveryMs / pauseMs) === 0;
      for (const [serverId, follower] of followers) {
        const tracked = supervisor.find(serverId);
        if (tracked?.record.state === "running" && (isWithPings || tracked.present)) await follower.compare(tracked);
      }
      const now = clock.now();
      if (now.getTime() - touchedAt < touchEveryMs) continue;
      touchedAt = now.getTime();
      const running = [...followers.keys()].filter((id) => supervisor.find(id)?.record.state === "running");
      await touchStays(db, running, now).catch((error) => log.warn({ err: error }, "stays were not marked as seen"));
    }
  };

  return {
    start(signal) {
      signal.addEventListener("abort", () => {
        isOver = true;
        for (const follower of followers.values()) follower.close();
      });
      events.listen(({ event }) => {
        if (event.kind === "removed") return forget(event.serverId);
        if (event.kind !== "server" || signal.aborted) return;
        const { id, state } = event.server;
        // A stopped server is told of for many reasons; only one that was followed has anything to settle.
        if ((state === "stopped") === active.has(id)) queue(id, state);
      });
      const report = (error: unknown) => {
        if (!signal.aborted) log.error({ err: error }, "who plays is not followed any more");
      };
      void catchUp().catch(report);
      void look(signal).catch(report);
    },
  };
}

/** When the server's process ended, if anybody saw it. */
function endOf({ record }: TrackedServer): Date | null {
  const exit = record.lastEnd?.exit;
  if (!exit || (exit.code === null && exit.signal === null)) return null;
  const at = new Date(exit.at);
  return Number.isNaN(at.getTime()) ? null : at;
}
