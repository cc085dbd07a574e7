import { expect, it } from "vitest";
import type { TimelineEntry } from "../../contract";
import { timelineText } from "./timeline-text";

const told = (entry: Partial<TimelineEntry>) => timelineText({ kind: "state", to: null, detail: {}, ...entry });

it("tells a stop from a crash and from a start that failed", () => {
  expect(told({ to: "stopped", detail: { cause: "stopped_by_command", isCrash: false } })).toEqual({
    text: "stopped",
    tone: "plain",
  });
  expect(told({ to: "stopped", detail: { cause: "killed", isCrash: true } })).toEqual({ text: "crashed", tone: "bad" });
  expect(told({ to: "stopped", detail: { cause: "java_not_found", isCrash: false } })).toEqual({
    text: "failed",
    tone: "attention",
  });
});

it("tells a start from taking up a running server again, and a forced stop", () => {
  expect(told({ to: "starting" }).text).toBe("starting");
  expect(told({ to: "starting", detail: { adopted: true } }).text).toBe("adopting");
  expect(told({ to: "stopping", detail: { force: true } }).text).toBe("stoppingByForce");
});

it("has a sentence for kinds that it does not know", () => {
  expect(told({ kind: "gave-up" })).toEqual({ text: "gave-up", tone: "bad" });
  expect(told({ kind: "teleported" })).toEqual({ text: "other", tone: "plain" });
});
