import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import type { Ctx } from "@/server/context";
import { recordAudit } from "../../../audit/server/record-audit";
import type { Server } from "../../../servers/contract";
import { reachServer } from "../../../servers/server/policy";
import { importSteps } from "../import-snapshot";
import { requireRoomForManual } from "../require-room";
import { readLevelName } from "../resolve-resource";
import { openSnapshot } from "../take-snapshot";
import { runRestore } from "./run-restore";

interface Replacing {
  serverId: string;
  /** An uploaded file of ours: removed at the end of it, however that comes. */
  archive: string;
  /** Left out: the world that the server plays. */
  path?: string;
  note?: string;
}

export const replacePermissions = ["files.upload", "backups.create", "backups.restore"] as const;

/** What holds before an archive is sent: the rights, the server at rest, and room for one snapshot more. */
export async function requireReplaceable(ctx: Ctx, serverId: string): Promise<void> {
  for (const permission of replacePermissions) await reachServer(ctx, serverId, permission);
  const record = await reachServer(ctx, serverId, "backups.restore");
  const { tracked, release } = ctx.supervisor.lock(serverId, "restore");
  try {
    ctx.supervisor.requireAction(tracked, "restore");
  } finally {
    release();
  }
  await requireRoomForManual(ctx, record);
}

/**
 * An archive becomes a server's world as one job: unpacked and kept as a snapshot of type `imported`, the world that is there kept as
 * `pre_restore`, then exchanged. A refused archive changes nothing, and `undoRestore` brings the old world back.
 */
export async function replaceWorld(
  ctx: Ctx,
  { serverId, archive, path: wanted, note }: Replacing,
): Promise<{ jobId: string; done: Promise<Server> }> {
  const remove = () => rm(archive, { force: true });
  try {
    await requireReplaceable(ctx, serverId);
    const record = await reachServer(ctx, serverId, "backups.restore");
    const path = wanted || (await readLevelName(ctx.dataDir.paths, serverId));
    const { tracked, release } = ctx.supervisor.lock(serverId, "restore");
    try {
      ctx.supervisor.requireAction(tracked, "restore");
      const restoreId = randomUUID();
      const { row, operation } = await ctx.db.transaction(async (tx) => {
        const opened = await openSnapshot(ctx, tx, record, { resource: "world", path, note, type: "imported" });
        const { id: snapshotId, version } = opened;
        await recordAudit(tx, ctx.actor, {
          action: "snapshots.replaceWorld",
          target: { kind: "server", id: record.id },
          details: { snapshotId, version, path },
        });
        const spec = {
          kind: "snapshots.replaceWorld",
          serverId: record.id,
          ownerId: record.ownerId,
          subject: record.name,
          isCancellable: true,
          data: { restoreId, snapshotId },
        } as const;
        return { row: opened, operation: await ctx.jobs.open(tx, ctx.actor, spec) };
      });
      ctx.supervisor.cancelRetry(tracked);
      const done = ctx.jobs
        .run(operation, async (job) => {
          // Unpacked twice: here to be checked and kept, and once more beside the world when it is restored.
          const step = (name: string) => job.step(name === "extract" ? "unpack" : name);
          const imported = await importSteps(ctx, { row, archive, job: { ...job, step }, signal: job.signal });
          await runRestore(ctx, job, { restoreId, record, tracked, row: imported, paths: [path], isRestart: false });
        })
        .finally(release)
        .finally(remove)
        .then(() => ctx.supervisor.view(tracked.record));
      return { jobId: operation.id, done };
    } catch (error) {
      release();
      throw error;
    }
  } catch (error) {
    await remove();
    throw error;
  }
}
