import { readdir, stat } from "node:fs/promises";
import { isAppError } from "@/server/errors";
import { errorCode } from "@/server/fs/error-code";
import { type EngineContext, type EnginePlaces, isSnapshotId } from "./engine-context";
import type { SnapshotInfo, SnapshotTotals } from "./manifest";
import { readManifest } from "./read-manifest";

/** Ids of all folders that could be snapshots, sorted; whether they are is said by their manifests. */
export async function listSnapshotIds(places: EnginePlaces): Promise<string[]> {
  const entries = await readdir(places.root, { withFileTypes: true }).catch((error) => {
    if (errorCode(error) === "ENOENT") return [];
    throw error;
  });
  return entries
    .filter((entry) => entry.isDirectory() && isSnapshotId(entry.name))
    .map(({ name }) => name)
    .sort();
}

export type FoundSnapshot =
  | { isDamaged: false; info: SnapshotInfo; totals: SnapshotTotals; checksum: string; manifestBytes: number }
  | { isDamaged: true; id: string };

/** Everything that the database knows of snapshots, read from the disk. Each manifest is checked against its checksum. */
export async function reindexSnapshots(context: EngineContext, signal?: AbortSignal): Promise<FoundSnapshot[]> {
  const found: FoundSnapshot[] = [];
  for (const id of await listSnapshotIds(context.places)) {
    try {
      const { info, totals, checksum } = await readManifest(context, id, { entries: "skip", signal });
      const { size: manifestBytes } = await stat(context.places.manifest(id));
      found.push(
        info.id === id ? { isDamaged: false, info, totals, checksum, manifestBytes } : { isDamaged: true, id },
      );
    } catch (error) {
      if (!isAppError(error)) throw error;
      // Without a manifest it is no snapshot: it was being written, or goes.
      if (error.code !== "SNAPSHOT_NOT_FOUND") found.push({ isDamaged: true, id });
    }
  }
  return found;
}
