import type { Ctx } from "@/server/context";
import { recordAudit } from "../../audit/server/record-audit";
import type { Server } from "../contract";
import { causedBy, reachServer } from "./policy";
import { updateServerRow } from "./repository";
import { showProgress } from "./show-progress";

/** Stops and starts under one lock; desired stays `running` throughout, so a crash in between ends with a running server. */
export async function restartServer(ctx: Ctx, input: { serverId: string; wait?: boolean }): Promise<Server> {
  const record = await reachServer(ctx, input.serverId, "servers.restart");
  const { tracked, release } = ctx.supervisor.lock(record.id, "restart");
  let restarting: Promise<void>;
  try {
    ctx.supervisor.requireAction(tracked, "restart");
    const operation = await ctx.db.transaction(async (tx) => {
      await updateServerRow(tx, record.id, { desiredState: "running" });
      await recordAudit(tx, ctx.actor, { action: "servers.restart", target: { kind: "server", id: record.id } });
      return ctx.jobs.open(tx, ctx.actor, {
        kind: "servers.restart",
        serverId: record.id,
        ownerId: record.ownerId,
        subject: record.name,
      });
    });
    const by = causedBy(ctx.actor);
    restarting = ctx.jobs
      .run(operation, async (job) => {
        job.step("stop");
        await ctx.supervisor.halt(tracked, { by, how: "restart" }, false);
        if (tracked.record.desiredState !== "running") return;
        job.step("start");
        await ctx.supervisor.launch(tracked, by, showProgress(job));
      })
      .finally(release);
  } catch (error) {
    release();
    throw error;
  }
  if (input.wait) {
    await restarting;
    await ctx.supervisor.settled(tracked, ctx.shutdown);
  } else restarting.catch((error) => ctx.log.warn({ err: error, serverId: record.id }, "a restart failed"));
  return ctx.supervisor.view(tracked.record);
}
