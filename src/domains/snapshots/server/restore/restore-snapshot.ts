import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../../audit/server/record-audit";
import type { JobKind } from "../../../jobs/contract";
import type { Server } from "../../../servers/contract";
import { reachServer } from "../../../servers/server/policy";
import type { ServerRecord } from "../../../servers/server/repository";
import type { restoreSnapshotInputSchema, undoRestoreInputSchema } from "../../contract";
import { reachRestorable } from "../reach-snapshot";
import { findSnapshot } from "../repository";
import type { RestoreRow, SnapshotRow } from "../table";
import { findUndoable } from "./restores-repository";
import { runRestore } from "./run-restore";

export interface StartedRestore {
  jobId: string;
  done: Promise<Server>;
}

/**
 * Puts a server, a world or a file back to what it was in a snapshot. The server has to be stopped, or with `restart` is stopped for it
 * and started again as one job. What was there is kept as a `pre_restore` snapshot, and `undoRestore` brings it back.
 */
export async function restoreSnapshot(
  ctx: Ctx,
  input: z.output<typeof restoreSnapshotInputSchema>,
): Promise<StartedRestore> {
  const { row, server } = await reachRestorable(ctx, input.snapshotId, "backups.restore");
  const isRestart = input.restart ?? false;
  if (isRestart) await reachServer(ctx, server.id, "servers.restart");
  return startRestore(ctx, { record: server, row, paths: [row.path], isRestart, kind: "snapshots.restore" });
}

/** Takes the last restore of a server back in one call. */
export async function undoRestore(ctx: Ctx, input: z.output<typeof undoRestoreInputSchema>): Promise<StartedRestore> {
  const record = await reachServer(ctx, input.serverId, "backups.restore");
  const isRestart = input.restart ?? false;
  if (isRestart) await reachServer(ctx, record.id, "servers.restart");
  const undoes = await findUndoable(ctx.db, record.id);
  const row = undoes?.preRestoreId ? await findSnapshot(ctx.db, undoes.preRestoreId) : null;
  if (!undoes || row?.status !== "complete")
    throw new AppError("NOTHING_TO_UNDO", "There is no restore that could be undone.", { serverId: record.id });
  return startRestore(ctx, {
    record,
    row,
    paths: undoes.paths,
    isRestart,
    kind: "snapshots.undoRestore",
    undoes,
  });
}

interface Request {
  record: ServerRecord;
  row: SnapshotRow;
  paths: readonly string[];
  isRestart: boolean;
  kind: Extract<JobKind, "snapshots.restore" | "snapshots.restoreFiles" | "snapshots.undoRestore">;
  undoes?: RestoreRow;
}

export async function startRestore(ctx: Ctx, { kind, ...wanted }: Request): Promise<StartedRestore> {
  const { record, row, paths, undoes } = wanted;
  const { tracked, release } = ctx.supervisor.lock(record.id, "restore");
  try {
    const isRestart = wanted.isRestart && tracked.record.state === "running";
    if (!isRestart) ctx.supervisor.requireAction(tracked, "restore");
    const restoreId = randomUUID();
    const operation = await ctx.db.transaction(async (tx) => {
      await recordAudit(tx, ctx.actor, {
        action: kind,
        target: { kind: "server", id: record.id },
        details: { snapshotId: row.id, version: row.version, resource: row.resource, paths: paths.slice(0, 100) },
      });
      return ctx.jobs.open(tx, ctx.actor, {
        kind,
        serverId: record.id,
        ownerId: record.ownerId,
        subject: record.name,
        isCancellable: true,
        data: {
          restoreId,
          snapshotId: row.id,
          ...(isRestart ? { restart: "true" } : {}),
        },
      });
    });
    ctx.supervisor.cancelRetry(tracked);
    const done = ctx.jobs
      .run(operation, (job) => runRestore(ctx, job, { restoreId, record, tracked, row, paths, isRestart, undoes }))
      .finally(release)
      .then(async () => {
        // Whoever waits, waits until the server that was started again runs, or has failed to.
        if (isRestart) await ctx.supervisor.settled(tracked, ctx.shutdown);
        return ctx.supervisor.view(tracked.record);
      });
    return { jobId: operation.id, done };
  } catch (error) {
    release();
    throw error;
  }
}
