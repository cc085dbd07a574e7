import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { EngineContext } from "./engine-context";
import { listSnapshotIds } from "./list-snapshots";
import { type SettledSwap, settleSwaps } from "./swap-folders";

export interface Recovery {
  /** Snapshots that were not finished and are gone now. */
  incomplete: string[];
  swaps: SettledSwap[];
}

/**
 * Ends what a crash has cut off. Call it at boot, before anything else of the engine: swaps of folders are finished or
 * found not to have begun, snapshots without a manifest are removed, and so is whatever was half written or half removed.
 */
export async function recoverSnapshots(context: EngineContext): Promise<Recovery> {
  const { places } = context;
  const swaps = await settleSwaps(context);
  const incomplete: string[] = [];
  for (const id of await listSnapshotIds(places)) {
    const names = await readdir(places.snapshot(id));
    // What holds anything else is somebody's, and not ours to remove.
    if (names.some((name) => name !== "manifest.json.tmp")) continue;
    await rm(places.snapshot(id), { recursive: true, force: true });
    incomplete.push(id);
  }
  await rm(places.staging, { recursive: true, force: true });
  await rm(places.removed, { recursive: true, force: true });
  for (const name of await readdir(places.caches).catch(() => []))
    if (name.endsWith(".tmp")) await rm(join(places.caches, name), { force: true });
  return { incomplete, swaps };
}
