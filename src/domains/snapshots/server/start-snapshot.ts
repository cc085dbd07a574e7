import type { Ctx } from "@/server/context";
import { recordAudit } from "../../audit/server/record-audit";
import type { ServerRecord } from "../../servers/server/repository";
import type { SnapshotRow } from "./table";
import { type NewSnapshot, openSnapshot, requireSnapshotState, takeSnapshot } from "./take-snapshot";

/**
 * Takes a snapshot as a job of its own, under the server's lock. The actor's right to it has been checked. Rejects at once with
 * SERVER_BUSY or STATE_CONFLICT when the server cannot be copied now.
 */
export async function startSnapshot(
  ctx: Ctx,
  record: ServerRecord,
  wanted: NewSnapshot & { whenNotQuiet?: "fail" | "crash_consistent" },
): Promise<{ row: SnapshotRow; jobId: string; done: Promise<SnapshotRow> }> {
  const { tracked, release } = ctx.supervisor.lock(record.id, "snapshot");
  try {
    requireSnapshotState(tracked);
    const { row, operation } = await ctx.db.transaction(async (tx) => {
      const opened = await openSnapshot(ctx, tx, record, wanted);
      const { id: snapshotId, resource, path, type, version } = opened;
      await recordAudit(tx, ctx.actor, {
        action: "snapshots.create",
        target: { kind: "server", id: record.id },
        details: { snapshotId, resource, path, type, version },
      });
      const spec = {
        kind: "snapshots.create",
        serverId: record.id,
        ownerId: record.ownerId,
        subject: record.name,
        isCancellable: true,
        data: { snapshotId },
      } as const;
      return { row: opened, operation: await ctx.jobs.open(tx, ctx.actor, spec) };
    });
    const { whenNotQuiet } = wanted;
    const done = ctx.jobs
      .run(operation, (job) => takeSnapshot(ctx, { tracked, row, job, whenNotQuiet }))
      .finally(release);
    return { row, jobId: operation.id, done };
  } catch (error) {
    release();
    throw error;
  }
}
