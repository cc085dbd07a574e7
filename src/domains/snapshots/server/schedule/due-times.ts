import type { EffectiveSchedule } from "./backup-limits";
import { nextCronTime } from "./cron-times";

const hourMs = 3_600_000;

export interface Reference {
  /** When the server that runs now was started, or mcsd, if that was later. Null: it does not run. */
  startedAt: Date | null;
  /** When the schedule last came due, or was set. */
  lastAt: Date;
}

/** When the schedule next comes due after `after`; null: not as long as things are as they are. */
export function nextDue(schedule: EffectiveSchedule, { startedAt, lastAt }: Reference, after: Date): Date | null {
  const { timing, minHours, maxHours } = schedule;
  if (timing.kind === "interval") {
    if (!startedAt) return null;
    const step = timing.everyHours * hourMs;
    const turns = Math.max(0, Math.floor((after.getTime() - startedAt.getTime()) / step)) + 1;
    return new Date(startedAt.getTime() + turns * step);
  }
  const soonest =
    minHours === null ? after.getTime() : Math.max(after.getTime(), lastAt.getTime() + minHours * hourMs - 1);
  const due = nextCronTime(timing, new Date(soonest));
  if (maxHours === null) return due;
  const latest = new Date(lastAt.getTime() + maxHours * hourMs);
  return latest > after && (!due || latest < due) ? latest : due;
}

/** The next `count` times. */
export function nextDueTimes(schedule: EffectiveSchedule, reference: Reference, after: Date, count: number): Date[] {
  const found: Date[] = [];
  let { lastAt } = reference;
  let from = after;
  while (found.length < count) {
    const due = nextDue(schedule, { ...reference, lastAt }, from);
    if (!due) break;
    found.push(due);
    lastAt = due;
    from = due;
  }
  return found;
}
