import type { z } from "zod";
import type { Ctx } from "@/server/context";
import { outlastOutage } from "@/server/db/outlast-outage";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../../audit/server/record-audit";
import { isSnapshotKept } from "../../../snapshots/server/is-kept";
import { openSnapshot, takeSnapshot } from "../../../snapshots/server/take-snapshot";
import type { LastChange, undoChangeInputSchema } from "../../change-contract";
import type { Server } from "../../contract";
import { causedBy, reachServer } from "../policy";
import { type ChangeRow, findChange, updateChange } from "./changes-repository";
import { putBack } from "./put-back";
import { toldOf } from "./run-change";

/**
 * Takes the last change of version back in one call, as a job: type, version and every file as they were in the snapshot from before.
 * What is there now is kept as a `pre_restore` snapshot.
 */
export async function undoChange(
  ctx: Ctx,
  { serverId }: z.output<typeof undoChangeInputSchema>,
): Promise<{ jobId: string; done: Promise<Server> }> {
  const record = await reachServer(ctx, serverId, "servers.update");
  for (const permission of ["backups.restore", "servers.restart"] as const)
    await reachServer(ctx, serverId, permission);
  const { tracked, release } = ctx.supervisor.lock(record.id, "undoChange");
  try {
    const change = await findUndoable(ctx, serverId);
    const wasRunning = tracked.record.state === "running";
    if (!wasRunning) ctx.supervisor.requireAction(tracked, "restore");
    const told = toldOf(change);
    const operation = await ctx.db.transaction(async (tx) => {
      await recordAudit(tx, ctx.actor, {
        action: "servers.undoChange",
        target: { kind: "server", id: serverId },
        details: { from: `${told.after.type} ${told.after.version}`, to: `${told.before.type} ${told.before.version}` },
      });
      return ctx.jobs.open(tx, ctx.actor, {
        kind: "servers.undoChange",
        serverId,
        ownerId: record.ownerId,
        subject: record.name,
        data: wasRunning ? { restart: "true" } : {},
      });
    });
    ctx.supervisor.cancelRetry(tracked);
    const by = causedBy(ctx.actor);
    const done = ctx.jobs
      .run(operation, async (job) => {
        try {
          if (wasRunning) {
            job.step("stop");
            await ctx.supervisor.halt(tracked, { by, how: "restart" }, false);
          }
          ctx.supervisor.requireAction(tracked, "restore");
          const opened = await ctx.db.transaction((tx) =>
            openSnapshot(ctx, tx, tracked.record, { resource: "server_full", path: "", type: "pre_restore", note: "" }),
          );
          await takeSnapshot(ctx, { tracked, row: opened, job });
          const begun = { phase: "putting_back", operationId: operation.id, wasRunning } as const;
          await outlastOutage(() => updateChange(ctx.db, serverId, begun), ctx);
        } catch (error) {
          const isToRun = wasRunning && tracked.record.state === "stopped" && !ctx.shutdown.aborted;
          if (isToRun)
            await ctx.supervisor
              .launch(tracked, by)
              .catch((cause) => ctx.log.warn({ err: cause, serverId }, "not started"));
          throw error;
        }
        await putBack(ctx, job, { tracked, change: { ...change, wasRunning } });
        void ctx.supervisor.recorder.note(tracked, "change-undone", by, { ...told });
      })
      .finally(release)
      .then(() => ctx.supervisor.view(tracked.record));
    return { jobId: operation.id, done };
  } catch (error) {
    release();
    throw error;
  }
}

async function findUndoable(ctx: Pick<Ctx, "db">, serverId: string): Promise<ChangeRow> {
  const change = await findChange(ctx.db, serverId);
  // What could not be put back may be tried again.
  const isOpen = change?.phase === "done" || change?.phase === "putting_back";
  if (change?.snapshotId && isOpen && (await isSnapshotKept(ctx, change.snapshotId))) return change;
  throw new AppError("NOTHING_TO_UNDO", "There is no change of version that could be undone.", { serverId });
}

/** The change that is under way, or the last one that stands. */
export async function readLastChange(ctx: Ctx, { serverId }: { serverId: string }): Promise<LastChange | null> {
  await reachServer(ctx, serverId, "servers.view");
  const change = await findChange(ctx.db, serverId);
  if (!change) return null;
  const { phase, operationId, startedAt, snapshotId } = change;
  const { before: from, after: to } = toldOf(change);
  // What could not be put back is tried again by the same call, once nobody is at it.
  const isFailed = phase === "putting_back" && ctx.supervisor.find(serverId)?.busy === null;
  const canUndo = (phase === "done" || isFailed) && snapshotId !== null && (await isSnapshotKept(ctx, snapshotId));
  return { phase, jobId: operationId, from, to, startedAt, canUndo };
}
