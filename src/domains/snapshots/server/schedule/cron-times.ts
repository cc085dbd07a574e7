import { Cron } from "croner";
import { AppError } from "@/server/errors";

export interface CronTiming {
  expression: string;
  timeZone: string;
}

const hourMs = 3_600_000;
const daysPerYear = 367;

/**
 * The first time after `after`, or null when none ever comes. In the zone's own time: a time that the clock skips comes at the
 * first minute after the gap, a fixed time that the clock shows twice comes once, at the first of the two.
 */
export function nextCronTime(timing: CronTiming, after: Date): Date | null {
  return open(timing).nextRun(after);
}

/** Throws SCHEDULE_INVALID for what is no cron expression of five fields, or never comes due. */
export function checkCron(timing: CronTiming, now: Date): void {
  if (timing.expression.trim().split(/\s+/).length !== 5) throw invalid(timing, "five fields are needed");
  let next: Date | null;
  try {
    next = nextCronTime(timing, now);
  } catch (error) {
    throw invalid(timing, (error as Error).message);
  }
  if (!next) throw invalid(timing, "it never comes due");
}

/**
 * The shortest and the longest time, in hours, between two turns of the year that begins at `from`. Days are alike but for the ones
 * on which the clock changes, so only those and the first are gone through turn by turn; of the others first and last count.
 */
export function cronGaps(timing: CronTiming, from: Date): { shortestHours: number; longestHours: number } {
  const cron = open(timing);
  const midnight = open({ expression: "0 0 * * *", timeZone: timing.timeZone });
  const gaps = { shortest: Number.POSITIVE_INFINITY, longest: 0 };
  const count = (earlier: Date, later: Date) => {
    gaps.shortest = Math.min(gaps.shortest, later.getTime() - earlier.getTime());
    gaps.longest = Math.max(gaps.longest, later.getTime() - earlier.getTime());
  };
  let last: Date | null = null;
  let isSampled = false;
  let dayStart = midnight.nextRun(from);
  for (let day = 0; dayStart && day < daysPerYear; day++) {
    const dayEnd: Date | null = midnight.nextRun(dayStart);
    const first: Date | null = cron.nextRun(new Date(dayStart.getTime() - 1));
    if (!dayEnd || !first) break;
    if (first < dayEnd) {
      if (last) count(last, first);
      last = cron.previousRuns(1, dayEnd)[0] ?? first;
      if (!isSampled || dayEnd.getTime() - dayStart.getTime() !== 24 * hourMs) withinDay(first, dayEnd);
      isSampled = true;
    }
    dayStart = dayEnd;
  }
  // Rarer than once a year: the next turn after the last one says how rare.
  const known = last ?? cron.nextRun(from);
  const following = known ? cron.nextRun(known) : null;
  if (known && following) count(known, following);
  return { shortestHours: gaps.shortest / hourMs, longestHours: gaps.longest / hourMs };

  function withinDay(first: Date, end: Date): void {
    let previous = first;
    for (let next = cron.nextRun(first); next && next < end; next = cron.nextRun(next)) {
      count(previous, next);
      previous = next;
    }
  }
}

function open({ expression, timeZone }: CronTiming): Cron {
  return new Cron(expression, { timezone: timeZone, paused: true });
}

function invalid({ expression }: CronTiming, reason: string): AppError {
  return new AppError("SCHEDULE_INVALID", `"${expression}" is not a schedule: ${reason}.`, {
    expression,
    issues: [{ path: ["timing", "expression"], code: "cron", message: reason }],
  });
}
