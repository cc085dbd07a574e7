import { describe, expect, it } from "vitest";
import { isAppError } from "@/server/errors";
import { type CronTiming, checkCron, cronGaps, nextCronTime } from "./cron-times";

const zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo"] as const;
const from = new Date("2026-01-01T00:00:00Z");
const until = new Date("2028-01-01T00:00:00Z");
const dayMs = 86_400_000;

function timesOf(timing: CronTiming, end = until): Date[] {
  const found: Date[] = [];
  for (let next = nextCronTime(timing, from); next && next < end; next = nextCronTime(timing, next)) found.push(next);
  return found;
}

const formats = new Map(
  zones.map((timeZone) => [
    timeZone as string,
    new Intl.DateTimeFormat("sv", { timeZone, dateStyle: "short", timeStyle: "short" }),
  ]),
);

/** The zone's own time as `2026-03-29 02:30`, by the runtime's own data and not by the library under test. */
function local(date: Date, timeZone: string): string {
  return formats.get(timeZone)?.format(date) ?? "";
}

/** The last minute before, and the first after, each time that the zone's clock leaps forward. */
function gapsOf(timeZone: string): { day: string; before: string; after: string; at: Date }[] {
  const found = [];
  const minuteMs = 60_000;
  for (let at = from.getTime(); at < until.getTime(); at += 30 * minuteMs) {
    const before = local(new Date(at - minuteMs), timeZone);
    const after = local(new Date(at), timeZone);
    const step = Date.parse(`${after.replace(" ", "T")}Z`) - Date.parse(`${before.replace(" ", "T")}Z`);
    if (step > minuteMs)
      found.push({ day: after.slice(0, 10), before: before.slice(11), after: after.slice(11), at: new Date(at) });
  }
  return found;
}

describe.each(zones)("two years in %s", (timeZone) => {
  const gaps = gapsOf(timeZone);

  // Two of these lie in what the clocks of Berlin and New York skip and show twice, the third in Lord Howe's half an hour.
  it.each(["30 2 * * *", "15 1 * * *", "0 12 * * *"])(
    "%s comes once a day, at the next minute where it does not exist",
    (expression) => {
      const times = timesOf({ expression, timeZone });
      const days = times.map((time) => local(time, timeZone).slice(0, 10));
      expect(new Set(days).size).toBe(days.length);
      expect(times.length).toBeGreaterThanOrEqual(729);
      expect(times.length).toBeLessThanOrEqual(731);
      const [minute, hour] = expression.split(" ").map((field) => field.padStart(2, "0"));
      const wanted = `${hour}:${minute}`;
      for (const time of times) {
        const text = local(time, timeZone);
        const gap = gaps.find(({ day, before, after }) => text.startsWith(day) && wanted > before && wanted < after);
        if (gap) expect([text, time.toISOString()]).toEqual([`${gap.day} ${gap.after}`, gap.at.toISOString()]);
        else expect(text.slice(11)).toBe(wanted);
      }
    },
  );

  it("every hour is every hour, whatever the clock does", () => {
    const times = timesOf({ expression: "0 * * * *", timeZone }, new Date("2026-12-01T00:00:00Z"));
    const steps = new Set(times.slice(1).map((time, index) => time.getTime() - (times[index]?.getTime() ?? 0)));
    // Lord Howe moves its clock by half an hour: the full hour moves with it.
    const allowed = timeZone === "Australia/Lord_Howe" ? [1_800_000, 3_600_000, 5_400_000] : [3_600_000];
    expect([...steps].filter((step) => !allowed.includes(step))).toEqual([]);
    expect(times.length).toBeGreaterThanOrEqual(334 * 24 - 3);
  });

  it("once a week is seven days, or an hour more or less", () => {
    const times = timesOf({ expression: "0 4 * * 1", timeZone });
    for (const [index, time] of times.entries()) {
      const previous = times[index - 1];
      if (previous) expect(Math.abs(time.getTime() - previous.getTime() - 7 * dayMs)).toBeLessThanOrEqual(3_600_000);
    }
    expect(times.length).toBeGreaterThanOrEqual(104);
  });
});

it("gives the first of a time that comes twice", () => {
  const timing = { expression: "30 2 * * *", timeZone: "Europe/Berlin" };
  const first = new Date("2026-10-25T00:30:00Z");
  expect(nextCronTime(timing, new Date("2026-10-24T12:00:00Z"))).toEqual(first);
  expect(nextCronTime(timing, first)).toEqual(new Date("2026-10-26T01:30:00Z"));
});

it.each([
  ["0 0 * * *", "UTC", 24, 24],
  ["0 0 * * *", "Europe/Berlin", 23, 25],
  ["30 2 * * *", "Europe/Berlin", 23.5, 25],
  ["0 */6 * * *", "UTC", 6, 6],
  ["0 1,4 * * *", "UTC", 3, 21],
  ["*/5 * * * *", "UTC", 1 / 12, 1 / 12],
  ["0 0 * * 1", "UTC", 168, 168],
  ["0 0 1 * *", "UTC", 28 * 24, 31 * 24],
  ["0 0 29 2 *", "UTC", 1461 * 24, 1461 * 24],
])("%s in %s has gaps from %d to %d h", (expression, timeZone, shortestHours, longestHours) => {
  const found = cronGaps({ expression, timeZone }, new Date("2026-01-15T10:00:00Z"));
  expect(found.shortestHours).toBeCloseTo(shortestHours, 5);
  expect(found.longestHours).toBeCloseTo(longestHours, 5);
});

it.each(["* * * *", "* * * * * *", "61 * * * *", "0 0 30 2 *", "every day please now", "@daily a b c d"])(
  "refuses %s",
  (expression) => {
    try {
      checkCron({ expression, timeZone: "UTC" }, from);
      expect.fail("nothing was thrown");
    } catch (error) {
      expect(isAppError(error) && error.code).toBe("SCHEDULE_INVALID");
    }
  },
);
