import type { Ctx } from "@/server/context";
import { recordAudit } from "../../audit/server/record-audit";
import type { Server } from "../contract";
import { killServer } from "./kill-server";
import { causedBy, reachServer } from "./policy";
import { updateServerRow } from "./repository";

/**
 * Stops a server: console or RCON `stop`, then SIGTERM, then SIGKILL, each after its own time limit. With `force` it goes to
 * SIGTERM at once and also ends a start. `lastEnd.params.rung` of the reply says which of them it took (with `wait`).
 */
export async function stopServer(
  ctx: Ctx,
  input: { serverId: string; force?: boolean; wait?: boolean },
): Promise<Server> {
  const record = await reachServer(ctx, input.serverId, "servers.stop");
  const force = input.force ?? false;
  if (force && ctx.supervisor.find(record.id)?.launching) return killServer(ctx, input);
  const { tracked, release } = ctx.supervisor.lock(record.id, "stop");
  let ending: Promise<void>;
  try {
    const isWaitingToRetry = ctx.supervisor.cancelRetry(tracked);
    if (!isWaitingToRetry) ctx.supervisor.requireAction(tracked, force ? "forceStop" : "stop");
    const operation = await ctx.db.transaction(async (tx) => {
      await updateServerRow(tx, record.id, { desiredState: "stopped" });
      await recordAudit(tx, ctx.actor, {
        action: "servers.stop",
        target: { kind: "server", id: record.id },
        details: { force },
      });
      return ctx.jobs.open(tx, ctx.actor, {
        kind: "servers.stop",
        serverId: record.id,
        ownerId: record.ownerId,
        subject: record.name,
      });
    });
    tracked.record.desiredState = "stopped";
    ending = ctx.jobs
      .run(operation, () => ctx.supervisor.halt(tracked, { by: causedBy(ctx.actor), how: "stop" }, force))
      .finally(release);
  } catch (error) {
    release();
    throw error;
  }
  if (input.wait) await ending;
  else ending.catch((error) => ctx.log.error({ err: error, serverId: record.id }, "a stop failed"));
  return ctx.supervisor.view(tracked.record);
}
