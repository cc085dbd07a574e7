import type { Database } from "@/server/db/connect";
import type { Logger } from "@/server/logger";
import { adoptManifest } from "./adopt-manifest";
import type { SnapshotEngine } from "./engine/snapshot-engine";
import { deleteSnapshotRow, flagDamaged, listByStatus } from "./repository";

/**
 * Brings the database in step with the disk, which is the truth: snapshots that it does not know (it may be older, or new) get their rows
 * from their manifests, and those whose manifest is gone are marked damaged.
 */
export async function reindexSnapshots({
  db,
  log,
  engine,
  now,
}: {
  db: Database;
  log: Logger;
  engine: Pick<SnapshotEngine, "listIds" | "describe">;
  now: Date;
}): Promise<{ adopted: number; missing: number; unreadable: number }> {
  const onDisk = new Set(await engine.listIds());
  const known = await listByStatus(db, "complete");
  const gone = known.filter(({ id }) => !onDisk.has(id));
  // A file's oldest version goes whenever a new one comes: one that is gone was being removed.
  for (const { id } of gone.filter(({ type }) => type === "auto_save")) await deleteSnapshotRow(db, id);
  const missing = gone.filter(({ type }) => type !== "auto_save").map(({ id }) => id);
  await flagDamaged(db, missing, now);
  for (const { id } of known) onDisk.delete(id);
  let adopted = 0;
  let unreadable = 0;
  for (const id of onDisk) {
    const outcome = await adoptManifest({ db, log, engine }, id);
    if (outcome === "adopted") adopted++;
    if (outcome === "unreadable") unreadable++;
  }
  return { adopted, missing: missing.length, unreadable };
}
