import type { z } from "zod";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import type { compareSnapshotInputSchema, SnapshotChange } from "../../contract";
import type { Difference } from "../engine/compare-snapshots";
import { snapshotExcludes } from "../excludes";
import { reachComplete, reachRestorable } from "../reach-snapshot";
import { page } from "./browse-snapshot";

/**
 * What is different between a snapshot and another one of the same server, or the server's files as they are now: what was added
 * since, removed since, changed since.
 */
export async function compareSnapshot(
  ctx: Ctx,
  input: z.output<typeof compareSnapshotInputSchema>,
): Promise<{ items: SnapshotChange[]; nextCursor: string | null; counts: Record<SnapshotChange["change"], number> }> {
  const differences = await differencesOf(ctx, input);
  const changes = differences
    .filter((found) => found.change !== "changed" || found.isContentChanged)
    .map(({ path, change, before, after }) => ({
      path: path.toWellFormed(),
      change,
      kind: (after ?? before)?.type ?? "file",
      size: before?.size ?? null,
      otherSize: after?.size ?? null,
    }));
  const counts = { added: 0, removed: 0, changed: 0 };
  for (const { change } of changes) counts[change]++;
  return { ...page(changes, input, ({ path }) => path), counts };
}

async function differencesOf(
  ctx: Ctx,
  { snapshotId, withSnapshotId }: { snapshotId: string; withSnapshotId?: string },
): Promise<Difference[]> {
  const { engine, uses } = ctx.snapshots;
  if (withSnapshotId) {
    const [{ row }, other] = await Promise.all([
      reachComplete(ctx, snapshotId, "backups.view"),
      reachComplete(ctx, withSnapshotId, "backups.view"),
    ]);
    if (other.row.serverId !== row.serverId)
      throw new AppError("SNAPSHOT_NOT_FOUND", "That is a snapshot of another server.", { snapshotId: withSnapshotId });
    return engine.compareSnapshots(snapshotId, withSnapshotId);
  }
  const { row, server } = await reachRestorable(ctx, snapshotId, "backups.view");
  const release = uses.hold(row.id);
  try {
    return await engine.compareWithFolder({
      id: snapshotId,
      source: {
        folder: ctx.dataDir.paths.serverFolder(server.id),
        excludes: snapshotExcludes,
        ...(row.path === "" ? {} : { only: [row.path] }),
      },
      signal: ctx.shutdown,
    });
  } finally {
    release();
  }
}
