import { expect, it } from "vitest";
import { decideAfterCrash } from "./crash-policy";

const policy = { restart: true, maxTries: 3, windowMinutes: 10 };
const now = new Date("2026-01-01T00:00:00Z");
const ago = (seconds: number) => now.getTime() - seconds * 1000;

it("waits longer each time and gives up after three starts in ten minutes", () => {
  expect(decideAfterCrash(policy, "unknown", [], now)).toEqual({
    kind: "retry",
    at: new Date(now.getTime() + 5000),
    attempt: 1,
  });
  expect(decideAfterCrash(policy, "unknown", [ago(60)], now)).toMatchObject({
    at: new Date(now.getTime() + 10_000),
    attempt: 2,
  });
  expect(decideAfterCrash(policy, "unknown", [ago(60), ago(30)], now)).toMatchObject({
    at: new Date(now.getTime() + 20_000),
    attempt: 3,
  });
  expect(decideAfterCrash(policy, "unknown", [ago(60), ago(30), ago(5)], now)).toEqual({
    kind: "give-up",
    attempts: 3,
  });
});

it("forgets starts that are older than the window", () => {
  expect(decideAfterCrash(policy, "unknown", [ago(601), ago(700), ago(5)], now)).toMatchObject({
    kind: "retry",
    attempt: 2,
  });
});

it("does not retry what cannot be cured by retrying, nor when it is off", () => {
  expect(decideAfterCrash(policy, "port_taken", [], now)).toEqual({ kind: "leave" });
  expect(decideAfterCrash({ ...policy, restart: false }, "unknown", [], now)).toEqual({ kind: "leave" });
});
