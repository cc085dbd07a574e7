import { expect, it } from "vitest";
import { isAppError } from "@/server/errors";
import { defaultSchedule, type Retention, type Schedule, type Timing } from "../../contract";
import { backupLimits, requireWithinLimits, retentionSize, withinLimits } from "./backup-limits";
import { nextDueTimes } from "./due-times";

const now = new Date("2026-02-01T00:00:00Z");
const env = { MAX_BACKUP_RETENTION: 30, MAX_BACKUP_INTERVAL_HOURS: 168 };
const every = (everyHours: number): Timing => ({ kind: "interval", everyHours });
const cron = (expression: string): Timing => ({ kind: "cron", expression, timeZone: "UTC" });
const keep = (last: number, more: Partial<Retention> = {}): Retention => ({
  last,
  hourly: 0,
  daily: 0,
  weekly: 0,
  monthly: 0,
  ...more,
});
const of = (timing: Timing, retention = keep(1)): Schedule => ({ ...defaultSchedule, timing, retention });

/** Null when it is allowed, else the details of the refusal. */
function refusal(schedule: Schedule, layers: Omit<Parameters<typeof backupLimits>[0], "env"> & { env?: typeof env }) {
  try {
    requireWithinLimits(schedule, backupLimits({ env, ...layers }), now);
    return null;
  } catch (error) {
    if (!isAppError(error)) throw error;
    expect(error.code).toBe("LIMIT_EXCEEDED");
    return error.details;
  }
}

/** Every layer with a value or none, for each limit; the strictest of them is what counts. */
const values = [null, 2, 3, 5] as const;

it("every combination of layers, at, below and above each bound", () => {
  let count = 0;
  for (const application of values) {
    for (const user of values) {
      for (const ofEnv of [1, 2, 4, 200]) {
        const limit = { application, user };
        const layered = (name: string) => ({
          application: { [name]: limit.application },
          user: { [name]: limit.user },
        });
        const known = [application, user].filter((value) => value !== null);
        const least = Math.max(...known);
        const shortestAllowed = known.length === 0 ? 1 : least;
        const atMost = Math.min(ofEnv, ...known);
        const owner = (value: number) => (ofEnv === value || application === value ? "application" : "user");
        for (const offset of [-1, 0, 1]) {
          count += 3;
          const hours = Math.max(1, shortestAllowed + offset);
          expect(refusal(of(every(hours)), layered("minBackupIntervalHours"))).toEqual(
            hours < shortestAllowed
              ? {
                  layer: application === least ? "application" : "user",
                  limit: "minBackupIntervalHours",
                  value: least,
                  given: hours,
                }
              : null,
          );
          const longest = atMost + offset;
          const withEnv = { ...layered("maxBackupIntervalHours"), env: { ...env, MAX_BACKUP_INTERVAL_HOURS: ofEnv } };
          if (longest >= 1)
            expect(refusal(of(every(longest)), withEnv)).toEqual(
              longest > atMost
                ? { layer: owner(atMost), limit: "maxBackupIntervalHours", value: atMost, given: longest }
                : null,
            );
          const counted = { ...layered("maxBackups"), env: { ...env, MAX_BACKUP_RETENTION: ofEnv } };
          const size = atMost + offset;
          if (size >= 1)
            expect(refusal(of(every(24), keep(size)), counted)).toEqual(
              size > atMost ? { layer: owner(atMost), limit: "maxBackups", value: atMost, given: size } : null,
            );
        }
      }
    }
  }
  expect(count).toBe(4 * 4 * 4 * 9);
});

it("for a cron expression the shortest and the longest gap of the year count", () => {
  const limits = { application: { minBackupIntervalHours: 6, maxBackupIntervalHours: 24 }, user: {} };
  expect(refusal(of(cron("0 */6 * * *")), limits)).toBeNull();
  expect(refusal(of(cron("0 */5 * * *")), limits)).toMatchObject({
    limit: "minBackupIntervalHours",
    value: 6,
    given: 4,
  });
  expect(refusal(of(cron("0 0 * * 1-5")), limits)).toMatchObject({
    limit: "maxBackupIntervalHours",
    value: 24,
    given: 72,
  });
  expect(refusal(of(cron("0 0 * * 1")), { application: {}, user: {} })).toBeNull();
  expect(refusal(of(cron("0 0 1 * *")), { application: {}, user: {} })).toMatchObject({ value: 168, given: 744 });
});

it("counts all tiers of what is kept", () => {
  const retention = keep(10, { hourly: 5, daily: 7, weekly: 4, monthly: 4 });
  expect(refusal(of(every(24), retention), { application: {}, user: {} })).toBeNull();
  expect(refusal(of(every(24), { ...retention, last: 11 }), { application: {}, user: {} })).toEqual({
    layer: "application",
    limit: "maxBackups",
    value: 30,
    given: 31,
  });
});

it("limits that were lowered clamp what is in force, and say so", () => {
  const schedule = of(every(2), keep(10, { daily: 7, weekly: 4 }));
  const limits = backupLimits({ env, application: { minBackupIntervalHours: 6 }, user: { maxBackups: 12 } });
  const effective = withinLimits(schedule, limits, now);
  expect(effective.timing).toEqual(every(6));
  expect(effective.retention).toEqual(keep(10, { daily: 2 }));
  expect(effective.clamps).toEqual([
    { layer: "application", limit: "minBackupIntervalHours", value: 6, given: 2 },
    { layer: "user", limit: "maxBackups", value: 12, given: 21 },
  ]);
  const long = withinLimits(
    of(every(100)),
    backupLimits({ env, application: {}, user: { maxBackupIntervalHours: 48 } }),
    now,
  );
  expect(long.timing).toEqual(every(48));
  const none = withinLimits(
    of(every(24), keep(5)),
    backupLimits({ env, application: {}, user: { maxBackups: 0 } }),
    now,
  );
  expect(retentionSize(none.retention)).toBe(1);
});

it("leaves out turns of a cron expression that come too soon, and adds those that come too late", () => {
  const hourly = withinLimits(
    of(cron("0 * * * *")),
    backupLimits({ env, application: { minBackupIntervalHours: 4 }, user: {} }),
    now,
  );
  const reference = { startedAt: null, lastAt: new Date("2026-02-01T00:30:00Z") };
  expect(
    nextDueTimes(hourly, reference, new Date("2026-02-01T01:00:00Z"), 3).map((due) => due.toISOString().slice(0, 16)),
  ).toEqual(["2026-02-01T05:00", "2026-02-01T09:00", "2026-02-01T13:00"]);
  const weekly = withinLimits(
    of(cron("0 0 * * 0")),
    backupLimits({ env, application: { maxBackupIntervalHours: 72 }, user: {} }),
    now,
  );
  const sunday = { startedAt: null, lastAt: new Date("2026-02-01T00:00:00Z") };
  expect(
    nextDueTimes(weekly, sunday, new Date("2026-02-01T00:00:00Z"), 4).map((due) => due.toISOString().slice(0, 10)),
  ).toEqual(["2026-02-04", "2026-02-07", "2026-02-08", "2026-02-11"]);
});

it("counts an interval from the start of the server", () => {
  const effective = withinLimits(of(every(6)), backupLimits({ env, application: {}, user: {} }), now);
  const startedAt = new Date("2026-02-01T01:23:45Z");
  const lastAt = new Date("2026-01-01T00:00:00Z");
  const times = nextDueTimes(effective, { startedAt, lastAt }, startedAt, 5).map((due) => due.toISOString());
  expect(times[0]).toBe("2026-02-01T07:23:45.000Z");
  expect(times[4]).toBe("2026-02-02T07:23:45.000Z");
  expect(nextDueTimes(effective, { startedAt, lastAt }, new Date("2026-02-01T07:23:45Z"), 1)[0]?.toISOString()).toBe(
    "2026-02-01T13:23:45.000Z",
  );
  expect(nextDueTimes(effective, { startedAt: null, lastAt }, now, 5)).toEqual([]);
});
