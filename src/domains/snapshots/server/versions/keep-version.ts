import type { Ctx } from "@/server/context";
import { toErrorBody } from "@/server/errors";
import type { ServerRecord } from "../../../servers/server/repository";
import { updateSnapshotRow } from "../repository";
import { toIdentifier } from "../snapshot-identifier";
import { openSnapshot } from "../take-snapshot";
import { pruneVersions } from "./prune-versions";

interface Keeping {
  record: ServerRecord;
  path: string;
  /** What is about to replace it. */
  reason: string;
  /** How many of one file are kept. */
  kept: number;
}

/**
 * Keeps the present content of a file as a snapshot of type `auto_save`, whatever state the server is in; the oldest one goes when there are
 * too many. Nothing may change the file meanwhile but its game.
 */
export async function keepVersion(ctx: Ctx, { record, path, reason, kept }: Keeping): Promise<void> {
  const row = await ctx.db.transaction((tx) =>
    openSnapshot(ctx, tx, record, { resource: "file", path, type: "auto_save" }),
  );
  const metadata = { ...row.metadata, reason };
  const release = ctx.snapshots.uses.hold(row.id);
  try {
    const { totals, addedBytes, checksum } = await ctx.snapshots.engine.createSnapshot({
      info: {
        id: row.id,
        resourceType: row.resource,
        identifier: toIdentifier(row),
        version: row.version,
        type: row.type,
        note: row.note,
        createdBy: row.createdBy,
        createdAt: row.createdAt.toISOString(),
        metadata: { ...metadata, ownerId: row.ownerId },
      },
      source: { folder: ctx.dataDir.paths.serverFolder(record.id), only: [path] },
    });
    await updateSnapshotRow(ctx.db, row.id, {
      status: "complete",
      size: totals.bytes,
      fileCount: totals.files,
      addedBytes,
      checksum,
      metadata,
    });
  } catch (error) {
    const { code, message } = toErrorBody(error, row.id);
    await updateSnapshotRow(ctx.db, row.id, {
      status: "failed",
      metadata: { ...metadata, failure: { code, message } },
    });
    throw error;
  } finally {
    release();
  }
  await pruneVersions(ctx, { serverId: record.id, path, kept });
}
