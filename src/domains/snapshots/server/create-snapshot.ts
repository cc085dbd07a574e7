import type { z } from "zod";
import type { Ctx } from "@/server/context";
import { recordAudit } from "../../audit/server/record-audit";
import { reachServer } from "../../servers/server/policy";
import type { createSnapshotInputSchema, Snapshot } from "../contract";
import { toSnapshot } from "./repository";
import { requireRoomForManual } from "./require-room";
import { resolveResource } from "./resolve-resource";
import { openSnapshot, requireSnapshotState, takeSnapshot } from "./take-snapshot";

/**
 * Takes a snapshot by hand: of the whole server, a world or one file. A running game is quieted for the moment that the last
 * changes take to read. Resolves with the snapshot in the making and the promise of the whole one.
 */
export async function createSnapshot(
  ctx: Ctx,
  input: z.output<typeof createSnapshotInputSchema>,
): Promise<{ snapshot: Snapshot; jobId: string; done: Promise<Snapshot> }> {
  const record = await reachServer(ctx, input.serverId, "backups.create");
  const path = await resolveResource(ctx.dataDir.paths, record.id, input);
  await requireRoomForManual(ctx, record);
  const { tracked, release } = ctx.supervisor.lock(record.id, "snapshot");
  try {
    requireSnapshotState(tracked);
    const { row, operation } = await ctx.db.transaction(async (tx) => {
      const row = await openSnapshot(ctx, tx, record, { ...input, path, type: "manual" });
      await recordAudit(tx, ctx.actor, {
        action: "snapshots.create",
        target: { kind: "server", id: record.id },
        details: { snapshotId: row.id, resource: input.resource, path, version: row.version },
      });
      const operation = await ctx.jobs.open(tx, ctx.actor, {
        kind: "snapshots.create",
        serverId: record.id,
        ownerId: record.ownerId,
        subject: record.name,
        isCancellable: true,
        data: { snapshotId: row.id },
      });
      return { row, operation };
    });
    const done = ctx.jobs
      .run(operation, (job) => takeSnapshot(ctx, { tracked, row, job }))
      .finally(release)
      .then(toSnapshot);
    return { snapshot: toSnapshot(row), jobId: operation.id, done };
  } catch (error) {
    release();
    throw error;
  }
}
