import { expect, it } from "vitest";
import type { ServerType } from "@/domains/versions/contract";
import { createSteps } from "./create-steps";

const states = (step: string | null, status: "running" | "succeeded" = "running", type: ServerType = "paper") =>
  createSteps({ step, status }, type).map(({ name, state }) => `${name} ${state}`);

it("shows what is done, what is going on and what comes", () => {
  expect(states(null)).toEqual(["download waiting", "layout waiting", "save waiting"]);
  expect(states("layout")).toEqual(["download done", "layout active", "save waiting"]);
  expect(states("save", "succeeded")).toEqual(["download done", "layout done", "save done"]);
});

it("tells beforehand that Forge and NeoForge have an installer", () => {
  expect(states("install", "running", "neoforge")).toEqual([
    "download done",
    "layout done",
    "install active",
    "save waiting",
  ]);
});

it("knows that an own jar is not downloaded, and shows a step that it does not know", () => {
  expect(states("layout", "running", "custom")).toEqual(["layout active", "save waiting"]);
  expect(states("verify")).toEqual(["download done", "layout done", "verify active", "save waiting"]);
});
