import type { Ctx } from "@/server/context";
import { outlastOutage } from "@/server/db/outlast-outage";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../audit/server/record-audit";
import { forgetServer } from "./forget-server";
import { finishDelete, moveToTrash } from "./move-to-trash";
import { reachServer } from "./policy";

/**
 * Moves a stopped server's folder to the trash (kept 7 days) and removes its row. `confirm` is the server's name.
 * A crash in between ends fully deleted or fully present.
 */
export async function deleteServer(
  ctx: Ctx,
  input: { serverId: string; confirm: string },
): Promise<{ jobId: string; done: Promise<void> }> {
  const record = await reachServer(ctx, input.serverId, "servers.delete");
  if (input.confirm !== record.name) {
    throw new AppError("CONFIRMATION_MISMATCH", "Type the server's name exactly to delete it.", {
      issues: [{ path: ["confirm"], code: "mismatch", message: "mismatch" }],
    });
  }
  const { tracked, release } = ctx.supervisor.lock(record.id, "delete");
  try {
    ctx.supervisor.requireAction(tracked, "delete");
    const operation = await ctx.db.transaction(async (tx) => {
      await recordAudit(tx, ctx.actor, {
        action: "servers.delete",
        target: { kind: "server", id: record.id },
        details: { name: record.name },
      });
      return ctx.jobs.open(tx, ctx.actor, {
        kind: "servers.delete",
        serverId: record.id,
        ownerId: record.ownerId,
        subject: record.name,
      });
    });
    ctx.supervisor.cancelRetry(tracked);
    const done = ctx.jobs
      .run(operation, async (job) => {
        job.step("trash");
        await moveToTrash(ctx.dataDir.paths, record, ctx.clock.now());
        job.step("save");
        await outlastOutage(() => finishDelete(ctx.db, record.id), ctx);
        ctx.supervisor.forget(record.id);
        await forgetServer(ctx, record.id);
      })
      .finally(release);
    return { jobId: operation.id, done };
  } catch (error) {
    release();
    throw error;
  }
}
