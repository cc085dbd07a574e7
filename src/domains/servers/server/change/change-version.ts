import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../../audit/server/record-audit";
import type { changeVersionInputSchema } from "../../change-contract";
import type { Server } from "../../contract";
import { chooseVersion } from "../choose-version";
import { reachServer } from "../policy";
import { type ChangeRow, insertChange } from "./changes-repository";
import { checkChange } from "./check-change";
import { programOf } from "./program-of";
import { runChange } from "./run-change";

/**
 * Changes what a server runs, its type too. Long: a job that keeps the whole server as a `pre_update` snapshot, puts the new version in,
 * starts it and watches it; what does not prove itself is put back, byte for byte. CHANGE_BLOCKED with the findings when it is not begun.
 */
export async function changeVersion(
  ctx: Ctx,
  input: z.output<typeof changeVersionInputSchema>,
): Promise<{ jobId: string; done: Promise<Server> }> {
  const record = await reachServer(ctx, input.serverId, "servers.update");
  await reachServer(ctx, input.serverId, "servers.restart");
  const { findings, isBlocked } = await checkChange(ctx, input);
  if (isBlocked) {
    const blocks = findings.filter(({ severity }) => severity === "block");
    throw new AppError("CHANGE_BLOCKED", "The version cannot be changed to this.", { findings: blocks });
  }
  const { javaMajor, launchKind } = record;
  const chosen = await chooseVersion(ctx, { ...input, javaMajor }, launchKind);
  const { tracked, release } = ctx.supervisor.lock(record.id, "changeVersion");
  try {
    const wasRunning = tracked.record.state === "running";
    if (!wasRunning) ctx.supervisor.requireAction(tracked, "update");
    const before = programOf(tracked.record);
    // What was checked is what is locked now, or it is another change's server that would be put back later.
    if (!isDeepStrictEqual(before, programOf(record)))
      throw new AppError("SERVER_BUSY", "The server was changed meanwhile. Check again what the change would do.");
    const { build, requiredJava } = chosen;
    const after = { type: input.type, version: input.version, build, requiredJava, jar: null, program: null };
    const isTried = wasRunning || (input.trial ?? true);
    const { operation, change } = await ctx.db.transaction(async (tx) => {
      await recordAudit(tx, ctx.actor, {
        action: "servers.changeVersion",
        target: { kind: "server", id: record.id },
        details: {
          from: `${before.type} ${before.version}`,
          to: `${after.type} ${after.version}`,
          build,
          isTried,
          acceptDowngrade: input.acceptDowngrade ?? false,
        },
      });
      const opened = await ctx.jobs.open(tx, ctx.actor, {
        kind: "servers.changeVersion",
        serverId: record.id,
        ownerId: record.ownerId,
        subject: record.name,
        isCancellable: true,
      });
      const row: ChangeRow = {
        serverId: record.id,
        operationId: opened.id,
        phase: "preparing",
        before,
        after,
        snapshotId: null,
        wasRunning,
        startedAt: ctx.clock.now(),
      };
      await insertChange(tx, row);
      return { operation: opened, change: row };
    });
    ctx.supervisor.cancelRetry(tracked);
    const done = ctx.jobs
      .run(operation, (job) => runChange(ctx, job, { tracked, change, chosen, isTried }))
      .finally(release)
      .then(() => ctx.supervisor.view(tracked.record));
    return { jobId: operation.id, done };
  } catch (error) {
    release();
    throw error;
  }
}
