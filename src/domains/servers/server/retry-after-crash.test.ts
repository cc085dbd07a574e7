import { setTimeout as delay } from "node:timers/promises";
import { pino } from "pino";
import { expect, it } from "vitest";
import type { Clock } from "@/server/clock";
import type { CrashPolicy, ServerEvent } from "../contract";
import type { TransitionRecorder } from "./record-transition";
import type { ServerRecord } from "./repository";
import { createCrashRetries } from "./retry-after-crash";
import { type TrackedServer, trackServer } from "./tracked-server";

const policy: CrashPolicy = { restart: true, maxTries: 2, windowMinutes: 10 };

/** Retries over a clock that a test sets; timers fire as soon as their moment has passed on it. */
function open(restart: () => Promise<unknown>) {
  const notes: [string, unknown][] = [];
  const published: ServerEvent["kind"][] = [];
  // Timers take the time between two looks at the clock, so a clock that leaps makes them fire at once.
  let now = Date.now();
  const clock: Clock = {
    now: () => {
      const seen = now;
      now += 60_000;
      return new Date(seen);
    },
    sleep: async () => {},
  };
  const recorder = {
    record: async () => {},
    note: async (tracked: TrackedServer, kind: string, _by: unknown, detail: unknown, columns?: object) => {
      notes.push([kind, detail]);
      Object.assign(tracked.record, columns);
    },
    publish: () => void published.push("server"),
  } satisfies TransitionRecorder;
  const record = { id: "a", desiredState: "running", crashPolicy: policy } as ServerRecord;
  const tracked = trackServer(record);
  const retries = createCrashRetries({ clock, log: pino({ level: "silent" }), recorder, restart });
  return { retries, tracked, notes };
}

it("starts again, and gives up when it has tried often enough", async () => {
  let starts = 0;
  const { retries, tracked, notes } = open(async () => void starts++);
  for (let crash = 0; crash < 3; crash++) {
    retries.afterCrash(tracked, "crash_report");
    await delay(20);
  }
  expect(starts).toBe(2);
  expect(notes.map(([kind]) => kind)).toEqual(["retry", "retry", "gave-up"]);
  expect(tracked.record.desiredState).toBe("stopped");
});

it("does not count a start that only the missing database has prevented, and tries it again", async () => {
  let starts = 0;
  const away = Object.assign(new Error("away"), { code: "CONNECTION_CLOSED" });
  const { retries, tracked } = open(() => (++starts < 3 ? Promise.reject(away) : Promise.resolve()));
  retries.afterCrash(tracked, "crash_report");
  await delay(50);
  expect(starts).toBe(3);
  expect(tracked.restarts).toHaveLength(1);
  expect(tracked.retryAt).toBeNull();
});

it("counts a start that failed for a reason of its own, and plans nothing more", async () => {
  let starts = 0;
  const { retries, tracked } = open(() => {
    starts++;
    return Promise.reject(new Error("no Java"));
  });
  retries.afterCrash(tracked, "crash_report");
  await delay(50);
  expect([starts, tracked.restarts.length, tracked.retryAt]).toEqual([1, 1, null]);
});

it.each(["eula", "port_taken", "wrong_java"])("leaves a server that ended by %s where it is", (cause) => {
  const { retries, tracked, notes } = open(() => Promise.reject(new Error("never asked")));
  retries.afterCrash(tracked, cause);
  expect(notes).toEqual([["left", { attempts: 0 }]]);
  expect(tracked.record.desiredState).toBe("stopped");
});

it("plans nothing for a server that nobody wants running, and nothing after a cancel", async () => {
  let starts = 0;
  const { retries, tracked, notes } = open(async () => void starts++);
  tracked.record.desiredState = "stopped";
  retries.afterCrash(tracked, "crash_report");
  expect([notes, retries.cancel(tracked)]).toEqual([[], false]);
  tracked.record.desiredState = "running";
  retries.afterCrash(tracked, "crash_report");
  expect(retries.cancel(tracked)).toBe(true);
  await delay(20);
  expect(starts).toBe(0);
});
