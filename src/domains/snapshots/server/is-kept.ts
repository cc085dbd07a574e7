import type { Database } from "@/server/db/connect";
import { findSnapshot } from "./repository";

/** Whether a snapshot is there, whole. */
export async function isSnapshotKept({ db }: { db: Database }, snapshotId: string): Promise<boolean> {
  return (await findSnapshot(db, snapshotId))?.status === "complete";
}
