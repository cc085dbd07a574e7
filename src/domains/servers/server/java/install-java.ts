import { requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import { recordAudit } from "../../../audit/server/record-audit";
import { type ListedJava, listJava } from "./list-java";

/** Fetches the newest Temurin of a major, for every server that needs it. Long: returns a job, or waits. */
export async function installJava(
  ctx: Ctx,
  { javaMajor }: { javaMajor: number },
): Promise<{ jobId: string; done: Promise<ListedJava[]> }> {
  requirePermission(ctx.actor, "system.update_settings");
  const { actor } = ctx;
  const operation = await ctx.db.transaction(async (tx) => {
    await recordAudit(tx, actor, { action: "servers.installJava", details: { javaMajor } });
    return ctx.jobs.open(tx, actor, {
      kind: "servers.installJava",
      serverId: null,
      ownerId: actor.kind === "system" ? null : actor.userId,
      subject: `Java ${javaMajor}`,
      isCancellable: true,
    });
  });
  const done = ctx.jobs.run(operation, async (job) => {
    await ctx.javaInstaller.install(javaMajor, {
      signal: job.signal,
      onStep: (step) => job.step(step),
      onBytes: (bytes, total) => job.progress(bytes, total, "bytes"),
      onSeal: () => job.seal(),
    });
    return listJava(ctx, { isFresh: true });
  });
  return { jobId: operation.id, done };
}
