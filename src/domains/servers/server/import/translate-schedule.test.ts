import { Cron } from "croner";
import { expect, it } from "vitest";
import { translateCron, translateSeconds } from "./translate-schedule";

const cron = { firstDay: "sunday", days: "either" } as const;
const apScheduler = { firstDay: "monday", days: "both" } as const;

it.each([
  ["0 4 * * *", cron, "0 4 * * *"],
  ["*/15 0-6/2,22 1,15 jan-mar *", cron, "*/15 0-6/2,22 1,15 jan-mar *"],
  ["0 4 * * 7", cron, "0 4 * * 0"],
  ["0 4 * * MON-Fri", cron, "0 4 * * 1,2,3,4,5"],
  ["0 4 * * 0", apScheduler, "0 4 * * 1"],
  ["0 4 * * 6", apScheduler, "0 4 * * 0"],
  ["0 4 * * */2", apScheduler, "0 4 * * 0,1,3,5"],
  ["0 4 * * sat-sun", apScheduler, "0 4 * * 0,6"],
  ["0 4 13 * 5", cron, "0 4 13 * 5"],
  ["8 19 14 * * 1,2", cron, "19 14 * * 1,2"],
])("%s means the same as one of ours", (given, dialect, ours) => {
  expect(translateCron(given, dialect)).toBe(ours);
  expect(new Cron(ours, { paused: true }).nextRun()).not.toBeNull();
});

const odd: [string, Parameters<typeof translateCron>[1]][] = [
  ["0 4 13 * 4", apScheduler],
  ["0 4 */2 * 4", cron],
  ["0 4 * * sat-sun", cron],
  ["0 4 * * 7", apScheduler],
];
for (const given of ["0 4 L * *", "0 4 * * 1#2", "5/15 * * * *", "60 * * * *", "0 24 * * *", "0 */30 * * *", ""])
  odd.push([given, cron]);
for (const given of ["0 4 * * * * *", "@daily", "0 4 * *", "* * * * * *", "0 4 5-1 * *", "*/0 * * * *", "1,, * * * *"])
  odd.push([given, cron]);

it.each(odd)("%s is not taken over", (given, dialect) => {
  expect(translateCron(given, dialect)).toBeNull();
});

it("takes over whole hours", () => {
  expect(translateSeconds(3600)).toEqual({ kind: "interval", everyHours: 1 });
  for (const seconds of [0, -3600, 5400, Number.NaN, 3600 * 9000]) expect(translateSeconds(seconds)).toBeNull();
});
