import { expect, it } from "vitest";
import { limitNames, noLimits, type UserLimits } from "../contract";
import { limitsFormSchema, strictestLimit, wholeLimits } from "./strictest-limit";

const strictest = (name: keyof UserLimits, user: number | null, application: number | null) =>
  strictestLimit(name, { user: { ...noLimits, [name]: user }, application: { ...noLimits, [name]: application } });

it("takes the lower of two layers, and the longer of two shortest intervals", () => {
  for (const name of limitNames) {
    expect(strictest(name, 3, 8)).toBe(name === "minBackupIntervalHours" ? 8 : 3);
    expect(strictest(name, 8, 3)).toBe(name === "minBackupIntervalHours" ? 8 : 3);
  }
});

it("takes the one that is there; nought is a limit", () => {
  expect(strictest("maxServers", null, null)).toBeNull();
  expect(strictest("maxServers", null, 0)).toBe(0);
  expect(strictest("maxServers", 0, null)).toBe(0);
  expect(wholeLimits({ maxServers: 2 })).toEqual({ ...noLimits, maxServers: 2 });
});

it("refuses a shortest interval above the longest, at its field", () => {
  const found = limitsFormSchema.safeParse({ ...noLimits, minBackupIntervalHours: 9, maxBackupIntervalHours: 8 });
  expect(found.error?.issues).toMatchObject([{ path: ["minBackupIntervalHours"], message: "interval_order" }]);
  expect(
    limitsFormSchema.safeParse({ ...noLimits, minBackupIntervalHours: 8, maxBackupIntervalHours: 8 }).success,
  ).toBe(true);
});
