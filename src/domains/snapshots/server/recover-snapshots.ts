import { eq } from "drizzle-orm";
import type { Services } from "@/server/context";
import type { OperationRow } from "../../jobs/server/table";
import { adoptManifest, valuesOf } from "./adopt-manifest";
import { deleteSnapshotRow, findSnapshot, flagDamaged, listByStatus, updateSnapshotRow } from "./repository";
import { settleAsides } from "./restore/settle-asides";
import { backupRuns, type SnapshotRow } from "./table";

type Ports = Pick<Services, "db" | "clock" | "dataDir" | "shutdown" | "log" | "snapshots">;

export interface SnapshotRecovery {
  /** Whether the whole effect of an operation that was cut off stands; what it half did is undone or finished. */
  settle(operation: OperationRow): Promise<boolean>;
}

/**
 * At boot, before anything is served: the disk is the truth about what is complete. What a crash cut off is failed and gone, or
 * stands whole; snapshots that the database does not know (it may be older than the disk) become known again.
 */
export async function recoverSnapshots(ctx: Ports): Promise<SnapshotRecovery> {
  const { engine } = ctx.snapshots;
  const { incomplete, swaps } = await engine.recover();
  for (const swap of swaps.filter(({ outcome }) => outcome === "unclear"))
    ctx.log.error({ swap }, "a swap of folders was cut off and cannot be settled: look at these folders");
  const standing = await settleAsides(ctx);
  for (const row of await listByStatus(ctx.db, "running")) await settleRow(ctx, row);
  const onDisk = new Set(await engine.listIds());
  const known = await listByStatus(ctx.db, "complete");
  const lost = known.filter(({ id }) => !onDisk.has(id));
  await flagDamaged(
    ctx.db,
    lost.map(({ id }) => id),
    ctx.clock.now(),
  );
  for (const { id } of known) onDisk.delete(id);
  let adopted = 0;
  for (const id of onDisk) if (await adoptManifest(ctx, id)) adopted++;
  await ctx.db
    .update(backupRuns)
    .set({ result: "failed", reason: "JOB_INTERRUPTED", finishedAt: ctx.clock.now() })
    .where(eq(backupRuns.result, "running"));
  if (incomplete.length + adopted + lost.length > 0)
    ctx.log.warn(
      { incomplete: incomplete.length, adopted, missing: lost.length },
      "snapshots were brought in step with the disk",
    );

  return {
    async settle({ kind, data }) {
      if (kind.startsWith("snapshots.restore") || kind === "snapshots.undoRestore")
        return standing.has(data?.restoreId ?? "");
      const snapshotId = data?.snapshotId;
      if (!snapshotId) return false;
      if (kind === "snapshots.delete") return finishDelete(ctx, snapshotId);
      return kind !== "snapshots.verify" && (await findSnapshot(ctx.db, snapshotId))?.status === "complete";
    },
  };
}

async function settleRow({ db, snapshots }: Ports, row: SnapshotRow): Promise<void> {
  const found = await snapshots.engine.describe(row.id);
  if (found && !found.isDamaged) {
    await updateSnapshotRow(db, row.id, valuesOf(found));
    return;
  }
  const failure = { code: "JOB_INTERRUPTED", message: "mcsd ended while this snapshot was taken." };
  await updateSnapshotRow(db, row.id, { status: "failed", metadata: { ...row.metadata, failure } });
}

/** A deletion that was begun is finished: it was asked for, and is in the audit log. */
async function finishDelete({ db, snapshots }: Ports, snapshotId: string): Promise<boolean> {
  if (await snapshots.engine.describe(snapshotId)) await snapshots.engine.deleteSnapshot(snapshotId);
  await deleteSnapshotRow(db, snapshotId);
  return true;
}
