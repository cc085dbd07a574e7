import { stat } from "node:fs/promises";
import { isAppError } from "@/server/errors";
import type { EngineContext } from "./engine-context";
import type { SnapshotInfo, SnapshotTotals } from "./manifest";
import { readManifest } from "./read-manifest";

export type FoundSnapshot =
  | { isDamaged: false; info: SnapshotInfo; totals: SnapshotTotals; checksum: string; manifestBytes: number }
  | { isDamaged: true; id: string };

/** What the database knows of one snapshot, read from the disk and checked; null when there is no such snapshot. */
export async function describeSnapshot(
  context: EngineContext,
  id: string,
  signal?: AbortSignal,
): Promise<FoundSnapshot | null> {
  try {
    const { info, totals, checksum } = await readManifest(context, id, { entries: "skip", signal });
    const { size: manifestBytes } = await stat(context.places.manifest(id));
    return info.id === id ? { isDamaged: false, info, totals, checksum, manifestBytes } : { isDamaged: true, id };
  } catch (error) {
    if (!isAppError(error)) throw error;
    // Without a manifest it is no snapshot: it was being written, or goes.
    return error.code === "SNAPSHOT_NOT_FOUND" ? null : { isDamaged: true, id };
  }
}
