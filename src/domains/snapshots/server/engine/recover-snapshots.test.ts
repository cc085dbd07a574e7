import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openTestEngine, type TestEngine } from "@/test/snapshots/open-test-engine";

let on: TestEngine;
let swap: { live: string; fresh: string; old: string };
beforeEach(async () => {
  on = await openTestEngine();
  swap = { live: on.world, fresh: join(on.base, "fresh"), old: join(on.base, "old") };
  writeFileSync(join(on.world, "which"), "the old one");
  mkdirSync(swap.fresh);
  writeFileSync(join(swap.fresh, "which"), "the new one");
});
afterEach(() => on.close());

const which = (folder: string) => readFileSync(join(folder, "which"), "utf8");

it("removes what was not finished, and nothing that is somebody else's", async () => {
  await on.take("whole");
  mkdirSync(join(on.root, "begun"));
  writeFileSync(join(on.root, "begun", "manifest.json.tmp"), "{");
  mkdirSync(join(on.root, "empty"));
  mkdirSync(join(on.root, "foreign"));
  writeFileSync(join(on.root, "foreign", "precious"), "x");
  mkdirSync(join(on.root, ".staging", "left"), { recursive: true });
  expect(await on.engine.recover()).toEqual({ incomplete: ["begun", "empty"], swaps: [] });
  expect(existsSync(join(on.root, "foreign", "precious"))).toBe(true);
  expect(existsSync(join(on.root, ".staging"))).toBe(false);
  expect((await on.engine.verifySnapshot("whole")).isGood).toBe(true);
});

it("swaps there and back, also where nothing was live", async () => {
  await on.engine.swapFolders(swap);
  expect([which(swap.live), which(swap.old), existsSync(swap.fresh)]).toEqual(["the new one", "the old one", false]);
  await on.engine.swapFolders({ live: swap.live, fresh: swap.old, old: swap.fresh });
  expect([which(swap.live), which(swap.fresh)]).toEqual(["the old one", "the new one"]);
  rmSync(swap.live, { recursive: true });
  await on.engine.swapFolders(swap);
  expect([which(swap.live), existsSync(swap.old)]).toEqual(["the new one", false]);
});

it("refuses a swap that could lose something, and touches nothing", async () => {
  mkdirSync(swap.old);
  await expect(on.engine.swapFolders(swap)).rejects.toMatchObject({ code: "STATE_CONFLICT" });
  rmSync(swap.old, { recursive: true });
  const missing = { ...swap, fresh: join(on.base, "missing") };
  await expect(on.engine.swapFolders(missing)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(on.engine.swapFolders({ ...swap, old: join(on.base, "no", "where") })).rejects.toBeDefined();
  expect([which(swap.live), which(swap.fresh)]).toEqual(["the old one", "the new one"]);
  expect((await on.engine.recover()).swaps).toEqual([]);
});

it("says which tree is live when a swap was cut off, and leaves alone what it does not understand", async () => {
  const cut = await openTestEngine({
    base: on.base,
    onStep: (step) => {
      if (step === "remove intent of swap") throw new Error("cut off");
    },
  });
  await expect(cut.engine.swapFolders(swap)).rejects.toThrow();
  await cut.close();
  renameSync(swap.live, join(on.base, "taken"));
  mkdirSync(swap.live);
  expect((await on.engine.recover()).swaps).toEqual([{ ...swap, outcome: "unclear" }]);
  rmSync(swap.live, { recursive: true });
  renameSync(join(on.base, "taken"), swap.live);
  expect((await on.engine.recover()).swaps).toEqual([{ ...swap, outcome: "new" }]);
  expect((await on.engine.recover()).swaps).toEqual([]);
});
