import type { z } from "zod";
import type { Ctx } from "@/server/context";
import { reachServer } from "../../../servers/server/policy";
import type { ServerRecord } from "../../../servers/server/repository";
import type { TrackedServer } from "../../../servers/server/tracked-server";
import { defaultSchedule, type previewScheduleInputSchema, type ScheduleState } from "../../contract";
import { limitsOf } from "../require-room";
import { withinLimits } from "./backup-limits";
import { checkCron } from "./cron-times";
import { nextDueTimes, type Reference } from "./due-times";
import { findLastRun, findSchedule, type RunRow, type ScheduleRow } from "./schedules-repository";

const shownTimes = 5;

/** A server's schedule, what of it is in force, and when it comes due next. */
export async function readSchedule(ctx: Ctx, { serverId }: { serverId: string }): Promise<ScheduleState> {
  const record = await reachServer(ctx, serverId, "backups.view");
  return describeSchedule(ctx, record);
}

export async function describeSchedule(ctx: Ctx, record: ServerRecord): Promise<ScheduleState> {
  const [row, lastRun, limits] = await Promise.all([
    findSchedule(ctx.db, record.id),
    findLastRun(ctx.db, record.id),
    limitsOf(ctx, record),
  ]);
  const now = ctx.clock.now();
  const schedule = row?.schedule ?? defaultSchedule;
  const effective = withinLimits(schedule, limits, now);
  const reference = referenceOf(ctx.supervisor.find(record.id), row, lastRun, now);
  const { timing, retention, clamps } = effective;
  return {
    schedule,
    effective: { everyHours: timing.kind === "interval" ? timing.everyHours : null, retention },
    clamps: [...clamps],
    nextTimes: schedule.isEnabled ? nextDueTimes(effective, reference, now, shownTimes) : [],
    lastRun: lastRun && {
      dueAt: lastRun.dueAt,
      result: lastRun.result,
      reason: lastRun.reason,
      snapshotId: lastRun.snapshotId,
    },
    lastDrill:
      row?.lastDrillAt && row.lastDrillSnapshotId && row.lastDrillResult
        ? { at: row.lastDrillAt, snapshotId: row.lastDrillSnapshotId, result: row.lastDrillResult }
        : null,
  };
}

/** The next times of a schedule as if it were saved now. Throws SCHEDULE_INVALID as saving would. */
export async function previewSchedule(
  ctx: Ctx,
  { serverId, isEnabled, timing }: z.output<typeof previewScheduleInputSchema>,
): Promise<Pick<ScheduleState, "nextTimes">> {
  const record = await reachServer(ctx, serverId, "backups.view");
  const now = ctx.clock.now();
  if (timing.kind === "cron") checkCron(timing, now);
  if (!isEnabled) return { nextTimes: [] };
  const { retention } = defaultSchedule;
  const effective = withinLimits({ timing, retention }, await limitsOf(ctx, record), now);
  const reference = referenceOf(ctx.supervisor.find(record.id), { updatedAt: now }, null, now);
  return { nextTimes: nextDueTimes(effective, reference, now, shownTimes) };
}

/** What the next time is counted from. A process that mcsd found running counts from then. */
export function referenceOf(
  tracked: TrackedServer | null,
  row: Pick<ScheduleRow, "updatedAt"> | null,
  lastRun: Pick<RunRow, "dueAt"> | null,
  now: Date,
): Reference {
  const lastAt = new Date(Math.max(row?.updatedAt.getTime() ?? now.getTime(), lastRun?.dueAt.getTime() ?? 0));
  return { startedAt: tracked?.handle ? tracked.launchedAt : null, lastAt };
}
