import type { Services } from "@/server/context";
import { limitsOf } from "../require-room";
import { withinLimits } from "./backup-limits";
import { nextDue } from "./due-times";
import { referenceOf } from "./read-schedule";
import { isDrillDue, runDrill } from "./run-drill";
import { runScheduled } from "./run-scheduled";
import { findLastRun, listSchedules, type ScheduleRow, savePlayed } from "./schedules-repository";

/** A look that comes later than this (the machine slept, say) makes nothing up, as after a restart. */
const longestGapMs = 5 * 60_000;
const playedEveryMs = 60_000;

export interface BackupScheduler {
  /** Looks what came due since the last look and does it, one after the other. Resolves when all of that is done. */
  tick(): Promise<void>;
}

/** Schedules live in the database; in memory there is only when they were last looked at. */
export function createBackupScheduler(services: Services): BackupScheduler {
  const { clock, db, log, events, shutdown } = services;
  let lookedAt = clock.now();
  let queue: Promise<void> = Promise.resolve();
  const played = new Map<string, number>();

  events.listen(({ event }) => {
    if (event.kind !== "live" || (event.live.playersOnline ?? 0) === 0) return;
    const now = clock.now();
    if (now.getTime() - (played.get(event.serverId) ?? 0) < playedEveryMs) return;
    played.set(event.serverId, now.getTime());
    void savePlayed(db, event.serverId, now).catch((error) =>
      log.warn({ err: error }, "that somebody plays was not saved"),
    );
  });

  const enqueue = (work: () => Promise<void>) => {
    queue = queue.then(async () => {
      if (shutdown.aborted) return;
      await work().catch((error) => log.error({ err: error }, "a schedule could not be followed"));
    });
  };

  const look = async (row: ScheduleRow, from: Date, to: Date) => {
    const tracked = services.supervisor.find(row.serverId);
    if (!tracked) return;
    if (row.schedule.isEnabled) {
      const [limits, lastRun] = await Promise.all([limitsOf(services, tracked.record), findLastRun(db, row.serverId)]);
      const effective = withinLimits(row.schedule, limits, to);
      const reference = referenceOf(tracked, row, lastRun, to);
      let due = nextDue(effective, reference, from);
      // Of several that a late look finds the last one counts.
      for (let next = due; next && next <= to; next = nextDue(effective, reference, next)) due = next;
      const dueAt = due;
      if (dueAt && dueAt <= to) enqueue(() => runScheduled(services, row, dueAt));
    }
    if (isDrillDue(row, to)) enqueue(() => runDrill(services, row));
  };

  return {
    async tick() {
      const to = clock.now();
      const from = new Date(Math.max(lookedAt.getTime(), to.getTime() - longestGapMs));
      lookedAt = to;
      for (const row of await listSchedules(db)) await look(row, from, to);
      await queue;
    },
  };
}
