import { readdir } from "node:fs/promises";
import { errorCode } from "@/server/fs/error-code";
import { describeSnapshot, type FoundSnapshot } from "./describe-snapshot";
import { type EngineContext, type EnginePlaces, isSnapshotId } from "./engine-context";

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

/** Everything that the database knows of snapshots, read from the disk. Each manifest is checked against its checksum. */
export async function reindexSnapshots(context: EngineContext, signal?: AbortSignal): Promise<FoundSnapshot[]> {
  const found: FoundSnapshot[] = [];
  for (const id of await listSnapshotIds(context.places)) {
    const described = await describeSnapshot(context, id, signal);
    if (described) found.push(described);
  }
  return found;
}
