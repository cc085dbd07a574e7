import { statfs } from "node:fs/promises";
import type { Ctx } from "@/server/context";
import { reachServer } from "../../../servers/server/policy";
import type { SnapshotUsage } from "../../contract";
import { findSnapshot, listAllOfServer, toSnapshot } from "../repository";
import { findUndoable } from "../restore/restores-repository";

/** Above this share of the disk people are warned. */
const fullShare = 0.8;

/** What the snapshots of a server take, and how full the disk is. */
export async function readUsage(ctx: Ctx, { serverId }: { serverId: string }): Promise<SnapshotUsage> {
  const record = await reachServer(ctx, serverId, "backups.view");
  const complete = (await listAllOfServer(ctx.db, record.id)).filter(({ status }) => status === "complete");
  const { bavail, blocks, bsize } = await statfs(ctx.dataDir.paths.snapshots);
  return {
    count: complete.length,
    logicalBytes: complete.reduce((sum, { size }) => sum + size, 0),
    addedBytes: complete.reduce((sum, { addedBytes }) => sum + addedBytes, 0),
    disk: { freeBytes: bavail * bsize, totalBytes: blocks * bsize, isLow: bavail / blocks < 1 - fullShare },
    undoable: await readUndoable(ctx, record.id),
  };
}

async function readUndoable({ db }: Ctx, serverId: string): Promise<SnapshotUsage["undoable"]> {
  const restore = await findUndoable(db, serverId);
  const kept = restore?.preRestoreId ? await findSnapshot(db, restore.preRestoreId) : null;
  if (!restore || kept?.status !== "complete") return null;
  const source = await findSnapshot(db, restore.snapshotId);
  return { restoredAt: restore.restoredAt, snapshot: source && toSnapshot(source) };
}
