import type { Ctx } from "@/server/context";
import { outlastOutage } from "@/server/db/outlast-outage";
import { AppError, isAppError } from "@/server/errors";
import { recordAudit } from "../../audit/server/record-audit";
import type { Snapshot } from "../contract";
import { publishSnapshots } from "./publish-snapshots";
import { reachSnapshot } from "./reach-snapshot";
import { deleteSnapshotRow, toSnapshot } from "./repository";
import type { SnapshotRow } from "./table";

/** Removes a snapshot for good. One that is pinned, or that somebody works with, is refused. */
export async function deleteSnapshot(ctx: Ctx, { snapshotId }: { snapshotId: string }): Promise<Snapshot> {
  const { row, server } = await reachSnapshot(ctx, snapshotId, "backups.delete");
  if (row.isPinned) throw new AppError("SNAPSHOT_PINNED", "This snapshot is pinned.", { snapshotId });
  const release = ctx.snapshots.uses.claim(snapshotId);
  try {
    const operation = await ctx.db.transaction(async (tx) => {
      await recordAudit(tx, ctx.actor, {
        action: "snapshots.delete",
        target: { kind: "snapshot", id: snapshotId },
        details: {
          serverId: row.serverId,
          version: row.version,
          type: row.type,
          resource: row.resource,
          path: row.path,
        },
      });
      return ctx.jobs.open(tx, ctx.actor, {
        kind: "snapshots.delete",
        serverId: row.serverId,
        ownerId: row.ownerId,
        subject: server?.name ?? row.metadata.serverName ?? "",
        data: { snapshotId },
      });
    });
    await ctx.jobs.run(operation, () => removeSnapshot(ctx, row));
  } finally {
    release();
  }
  ctx.snapshots.collector.request();
  return toSnapshot(row);
}

/** Manifest, then row: what is half removed is not on disk any more, and the next boot finishes it. The caller has claimed it. */
export async function removeSnapshot(
  ctx: Pick<Ctx, "db" | "clock" | "shutdown" | "snapshots" | "events" | "supervisor">,
  row: SnapshotRow,
): Promise<void> {
  await ctx.snapshots.engine.deleteSnapshot(row.id).catch((error: unknown) => {
    // A failed one was never on disk.
    if (!isAppError(error) || error.code !== "SNAPSHOT_NOT_FOUND") throw error;
  });
  await outlastOutage(() => deleteSnapshotRow(ctx.db, row.id), ctx);
  publishSnapshots(ctx, row);
}
