import { randomBytes } from "node:crypto";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "@/server/fs/error-code";
import { syncFolder } from "@/server/fs/sync-folder";
import { type EngineContext, isSnapshotId } from "./engine-context";
import { snapshotNotFound } from "./engine-errors";

/**
 * Removes a snapshot: the rename out of the way is the moment from which it does not exist. Its contents go with the next
 * collection, as far as nobody else has them.
 */
export async function deleteSnapshot({ places, onStep }: EngineContext, id: string): Promise<void> {
  if (!isSnapshotId(id)) throw snapshotNotFound(id);
  await mkdir(places.removed, { recursive: true, mode: 0o700 });
  const away = join(places.removed, `${id}-${randomBytes(6).toString("hex")}`);
  onStep("rename snapshot away");
  await rename(places.snapshot(id), away).catch((error) => {
    throw errorCode(error) === "ENOENT" ? snapshotNotFound(id) : error;
  });
  onStep("flush folder of snapshots");
  await syncFolder(places.root);
  onStep("remove snapshot");
  await rm(away, { recursive: true, force: true });
}
