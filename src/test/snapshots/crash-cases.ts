import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { checkStore, expectCollected } from "./check-store";
import { describeTree } from "./describe-tree";
import type { ChildTask } from "./engine-child";
import { makeWorld, playOn } from "./make-world";
import { openTestEngine, type TestEngine } from "./open-test-engine";
import { type ChildEnd, runChild } from "./run-child";

export const crashKinds = ["snapshot", "two-pass snapshot", "restore", "swap", "delete", "collect", "repack"] as const;
export type CrashKind = (typeof crashKinds)[number];

/** When the process that does it ends: right before a step, or some time after it has begun. */
export type CrashMoment = { killAt: number } | { killAfterMs: number };

/**
 * A store with two snapshots, one operation in a process of its own that is killed, then a new process's recovery: each
 * invariant is checked, and the same operation then succeeds. Resolves false when the operation was quicker than the kill.
 */
export async function crashDuring(kind: CrashKind, moment: CrashMoment): Promise<boolean> {
  const on = await openTestEngine();
  try {
    const scene = await setUp(on, kind);
    const { killAfterMs, killAt } = { killAfterMs: undefined, killAt: null, ...moment };
    const end = await runChild({ root: on.root, work: workOf(on, kind), killAt }, { killAfterMs });
    const hasEnded = end.signal === null;
    if (hasEnded) expect(end).toMatchObject({ code: 0 });
    // A new engine, as after a new start: the one above knows nothing of what the child has done.
    const after = await openTestEngine({ base: on.base, isReopened: true });
    try {
      const recovery = await after.engine.recover();
      await checkAfter(after, kind, scene, recovery.swaps.at(0)?.outcome ?? null);
    } finally {
      await after.close();
    }
    return !hasEnded;
  } finally {
    await on.close();
  }
}

/** How many steps an operation takes when nothing ends it. */
export async function countSteps(kind: CrashKind): Promise<number> {
  const on = await openTestEngine();
  try {
    await setUp(on, kind);
    const end: ChildEnd = await runChild({ root: on.root, work: workOf(on, kind) });
    expect(end).toMatchObject({ code: 0 });
    return Number(end.said);
  } finally {
    await on.close();
  }
}

interface Scene {
  first: string[];
  second: string[];
  /** The world as it is now. */
  now: string[];
}

async function setUp(on: TestEngine, kind: CrashKind): Promise<Scene> {
  makeWorld(on.world);
  const first = describeTree(on.world);
  await on.take("first");
  playOn(on.world, 1);
  if (kind === "repack")
    for (let index = 3; index < 20; index++)
      writeFileSync(join(on.world, "playerdata", `${index}.dat`), `new ${index}`);
  const second = describeTree(on.world);
  await on.take("second");
  playOn(on.world, 2);
  const now = describeTree(on.world);
  await on.engine.restoreSnapshot({ id: "first", target: join(on.base, "fresh") });
  // Something to collect.
  await on.take("third");
  await on.engine.deleteSnapshot("third");
  // Of the first pack only a few contents are needed then.
  if (kind === "repack") await on.engine.deleteSnapshot("first");
  await on.engine.close();
  return { first, second, now };
}

function workOf(on: TestEngine, kind: CrashKind): ChildTask["work"] {
  switch (kind) {
    case "snapshot":
    case "two-pass snapshot":
      return { kind: "snapshot", id: "new", folder: on.world, isTwoPass: kind === "two-pass snapshot" };
    case "restore":
      return { kind, id: "second", target: join(on.base, "restored") };
    case "swap":
      return { kind, live: on.world, fresh: join(on.base, "fresh"), old: join(on.base, "old") };
    case "delete":
      return { kind, id: "second" };
    case "collect":
    case "repack":
      return { kind: "collect" };
  }
}

async function checkAfter(on: TestEngine, kind: CrashKind, scene: Scene, swapOutcome: string | null): Promise<void> {
  const { first, second, now } = scene;
  const ids = (await on.engine.reindex()).flatMap((found) => (found.isDamaged ? [] : [found.info.id]));
  const expected = new Map(kind === "repack" ? [] : [["first", first]]);
  if (kind !== "delete" || ids.includes("second")) expected.set("second", second);
  if (ids.includes("new")) expected.set("new", now);
  await checkStore(on, expected);
  if (kind !== "swap") expect(describeTree(on.world)).toEqual(now);
  await repeat(on, kind, ids, scene, swapOutcome);
  await expectCollected(on);
  expect((await on.engine.verifyAll()).every(({ isGood }) => isGood)).toBe(true);
}

/** The same operation, once more. */
async function repeat(on: TestEngine, kind: CrashKind, ids: string[], scene: Scene, swapOutcome: string | null) {
  const restored = join(on.base, "restored");
  const [fresh, old] = [join(on.base, "fresh"), join(on.base, "old")];
  switch (kind) {
    case "snapshot":
    case "two-pass snapshot":
      await on.take("again");
      await on.engine.restoreSnapshot({ id: "again", target: restored });
      expect(describeTree(restored)).toEqual(scene.now);
      return;
    case "restore":
      // What a crash leaves of a restore is the caller's folder, which nobody has taken for whole.
      rmSync(restored, { recursive: true, force: true });
      await on.engine.restoreSnapshot({ id: "second", target: restored });
      expect(describeTree(restored)).toEqual(scene.second);
      return;
    case "swap": {
      const isNew = !existsSync(fresh);
      if (swapOutcome !== null) expect(swapOutcome).toBe(isNew ? "new" : "old");
      expect(describeTree(on.world)).toEqual(isNew ? scene.first : scene.now);
      if (isNew) expect(describeTree(old)).toEqual(scene.now);
      else {
        await on.engine.swapFolders({ live: on.world, fresh, old });
        expect(describeTree(on.world)).toEqual(scene.first);
      }
      return;
    }
    case "delete":
      if (ids.includes("second")) await on.engine.deleteSnapshot("second");
      return;
    case "collect":
    case "repack":
      return;
  }
}
