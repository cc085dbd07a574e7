import { isAppError } from "@/server/errors";
import type { EngineContext } from "./engine-context";
import { listSnapshotIds } from "./list-snapshots";
import type { ObjectStore, SweepResult } from "./object-store";
import { readManifest } from "./read-manifest";

export interface CollectResult extends SweepResult {
  /** Snapshots whose manifests are damaged. What they need is unknown, so with one of them nothing is removed. */
  blockedBy: string[];
}

/**
 * Removes every content that no snapshot and no running operation needs. Safe beside anything else that the engine does;
 * a crash leaves a part of what was to go.
 */
export async function collectObjects(
  context: EngineContext,
  store: ObjectStore,
  signal?: AbortSignal,
): Promise<CollectResult> {
  const blockedBy: string[] = [];
  const mark = async () => {
    const needed = new Set<string>();
    for (const id of await listSnapshotIds(context.places)) {
      try {
        const { entries } = await readManifest(context, id, { signal });
        for (const entry of entries) if (entry.type === "file") needed.add(entry.hash);
      } catch (error) {
        if (!isAppError(error)) throw error;
        // Deleted since it was listed, or being written: then its contents are pinned.
        if (error.code !== "SNAPSHOT_NOT_FOUND") blockedBy.push(id);
      }
    }
    if (blockedBy.length > 0) throw new BlockedCollection();
    return needed;
  };
  try {
    return { ...(await store.sweep(mark, signal)), blockedBy };
  } catch (error) {
    if (!(error instanceof BlockedCollection)) throw error;
    return { removedObjects: 0, freedBytes: 0, keptObjects: 0, keptBytes: 0, blockedBy };
  }
}

/** Never leaves this file. */
class BlockedCollection extends Error {}
