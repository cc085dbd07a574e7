import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../audit/server/record-audit";
import type { Server } from "../contract";
import { causedBy, reachServer } from "./policy";
import { updateServerRow } from "./repository";
import { showProgress } from "./show-progress";

/**
 * Starts a stopped server; resolves when its process exists, or with `wait` once it is running.
 * A start that fails is recorded with its cause and thrown.
 */
export async function startServer(ctx: Ctx, input: { serverId: string; wait?: boolean }): Promise<Server> {
  const record = await reachServer(ctx, input.serverId, "servers.start");
  const { tracked, release } = ctx.supervisor.lock(record.id, "start");
  try {
    ctx.supervisor.requireAction(tracked, "start");
    const spec = { kind: "servers.start", serverId: record.id, ownerId: record.ownerId, subject: record.name } as const;
    const operation = await ctx.db.transaction(async (tx) => {
      await updateServerRow(tx, record.id, { desiredState: "running" });
      await recordAudit(tx, ctx.actor, { action: "servers.start", target: { kind: "server", id: record.id } });
      return ctx.jobs.open(tx, ctx.actor, spec);
    });
    tracked.record.desiredState = "running";
    await ctx.jobs.run(operation, (job) => ctx.supervisor.launch(tracked, causedBy(ctx.actor), showProgress(job)));
  } finally {
    release();
  }
  if (input.wait) {
    await ctx.supervisor.settled(tracked, ctx.shutdown);
    requireRunning(ctx.supervisor.view(tracked.record));
  }
  return ctx.supervisor.view(tracked.record);
}

function requireRunning(server: Server): void {
  if (server.state === "running") return;
  const end = server.lastEnd;
  throw new AppError("START_FAILED", `The server ended before it was ready (${end?.cause ?? "unknown"}).`, {
    cause: end?.cause ?? "unknown",
    params: end?.params ?? {},
    evidence: end?.evidence ?? [],
  });
}
