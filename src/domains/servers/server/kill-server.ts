import type { Ctx } from "@/server/context";
import { recordAudit } from "../../audit/server/record-audit";
import type { Server } from "../contract";
import { causedBy, reachServer } from "./policy";
import { updateServerRow } from "./repository";

/** SIGKILL to the whole process group, also in the middle of a start, a stop or a restart. What was not saved is lost. */
export async function killServer(ctx: Ctx, input: { serverId: string }): Promise<Server> {
  const record = await reachServer(ctx, input.serverId, "servers.stop");
  const tracked = ctx.supervisor.find(record.id) ?? ctx.supervisor.put(record);
  ctx.supervisor.requireAction(tracked, "kill");
  const operation = await ctx.db.transaction(async (tx) => {
    await updateServerRow(tx, record.id, { desiredState: "stopped" });
    await recordAudit(tx, ctx.actor, { action: "servers.kill", target: { kind: "server", id: record.id } });
    return ctx.jobs.open(tx, ctx.actor, {
      kind: "servers.kill",
      serverId: record.id,
      ownerId: record.ownerId,
      subject: record.name,
    });
  });
  tracked.record.desiredState = "stopped";
  await ctx.jobs.run(operation, () => ctx.supervisor.kill(tracked, causedBy(ctx.actor)));
  return ctx.supervisor.view(tracked.record);
}
