import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { describeTree } from "./describe-tree";
import type { TestEngine } from "./open-test-engine";

/** What must be: each snapshot's id and its tree in the form of `describeTree`. */
export type Expected = ReadonlyMap<string, readonly string[]>;

/** Every snapshot that is listed is whole, none is missing, and nothing half-done is left. Call it after `recover`. */
export async function checkStore(on: TestEngine, expected: Expected): Promise<void> {
  const found = await on.engine.reindex();
  expect(found.filter(({ isDamaged }) => isDamaged)).toEqual([]);
  const ids = found.flatMap((snapshot) => (snapshot.isDamaged ? [] : [snapshot.info.id]));
  expect(ids).toEqual([...expected.keys()].sort());
  expect((await on.engine.verifyAll()).filter(({ isGood }) => !isGood)).toEqual([]);
  for (const [id, tree] of expected) await expectRestores(on, id, tree);
  for (const folder of [".staging", ".removed", ".swaps"]) {
    const path = join(on.root, folder);
    expect([folder, existsSync(path) ? readdirSync(path) : []]).toEqual([folder, []]);
  }
}

/** After a collection no object is left that nobody refers to. */
export async function expectCollected(on: TestEngine): Promise<void> {
  expect((await on.engine.collect()).blockedBy).toEqual([]);
  const settled = await on.engine.collect();
  expect(settled.removedObjects).toBeLessThanOrEqual(1);
  const again = await on.engine.collect();
  expect(again.removedObjects).toBe(0);
  expect(countObjects(on.root)).toBe(again.keptObjects);
}

export function countObjects(root: string): number {
  const folder = join(root, "objects");
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true }).filter((name) => /\.zst$/.test(String(name))).length
    : 0;
}

async function expectRestores(on: TestEngine, id: string, tree: readonly string[]): Promise<void> {
  const target = join(on.base, `check-${id}`);
  await on.engine.restoreSnapshot({ id, target });
  expect(describeTree(target)).toEqual(tree);
  rmSync(target, { recursive: true });
}
