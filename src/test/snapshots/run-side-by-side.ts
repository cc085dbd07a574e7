import { randomBytes, randomInt } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isAppError } from "@/server/errors";
import { checkStore, expectCollected } from "./check-store";
import { describeTree } from "./describe-tree";
import { makeWorld, playOn } from "./make-world";
import type { TestEngine } from "./open-test-engine";
import { snapshotInfo } from "./snapshot-info";

const lanes = 4;

/** Random snapshots, restores, deletions and collections, four at a time; then everything that is left must be whole. */
export async function runSideBySide(on: TestEngine, operations: number): Promise<number> {
  const kept = new Map<string, string[]>();
  let begun = 0;
  let taken = 0;
  const takeOne = async (folder: string, lane: number) => {
    const id = `lane-${lane}-${++taken}`;
    playOn(folder, taken);
    // The same in all lanes: shared contents come and go from several sides at once.
    writeFileSync(join(folder, "region", "shared.mca"), Buffer.alloc(200_000, taken % 5));
    writeFileSync(join(folder, "shared.dat"), Buffer.alloc(100, taken % 3));
    if (randomInt(10) === 0) rmSync(join(folder, "region"), { recursive: true });
    mkdirSync(join(folder, "region"), { recursive: true });
    const tree = describeTree(folder);
    await on.engine.createSnapshot({
      info: snapshotInfo(id, { identifier: `lane-${lane}`, version: taken }),
      source: { folder },
      whileStill: randomInt(2) === 0 ? async (capture) => void (await capture()) : undefined,
    });
    kept.set(id, tree);
  };
  const deleteOne = async () => {
    const ids = [...kept.keys()];
    const id = ids[randomInt(Math.max(1, ids.length))];
    if (id === undefined || !kept.delete(id)) return;
    await on.engine.deleteSnapshot(id);
  };
  const restoreOne = async () => {
    const ids = [...kept.keys()];
    const id = ids[randomInt(Math.max(1, ids.length))];
    if (id === undefined) return;
    const target = join(on.base, `restore-${randomBytes(6).toString("hex")}`);
    // Deleted in the meantime: it may be refused, but it must not come out wrong.
    await on.engine.restoreSnapshot({ id, target }).catch((error: unknown) => {
      if (!isAppError(error) || kept.has(id)) throw error;
    });
    rmSync(target, { recursive: true, force: true });
  };
  const lane = async (number: number) => {
    const folder = join(on.base, `world-${number}`);
    makeWorld(folder);
    while (begun++ < operations) {
      const dice = randomInt(10);
      if (dice < 5) await takeOne(folder, number);
      else if (dice < 7) await deleteOne();
      else if (dice < 9) await on.engine.collect();
      else await restoreOne();
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)));
  await checkStore(on, kept);
  await expectCollected(on);
  await checkStore(on, kept);
  return taken;
}
