import { eq } from "drizzle-orm";
import type { Services } from "@/server/context";
import type { OperationRow } from "../../jobs/server/table";
import { valuesOf } from "./adopt-manifest";
import { reindexSnapshots } from "./reindex-snapshots";
import { deleteSnapshotRow, findSnapshot, listByStatus, updateSnapshotRow } from "./repository";
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
  const { adopted, missing } = await reindexSnapshots({ db: ctx.db, log: ctx.log, engine, now: ctx.clock.now() });
  await ctx.db
    .update(backupRuns)
    .set({ result: "failed", reason: "JOB_INTERRUPTED", finishedAt: ctx.clock.now() })
    .where(eq(backupRuns.result, "running"));
  if (incomplete.length + adopted + missing > 0)
    ctx.log.warn({ incomplete: incomplete.length, adopted, missing }, "snapshots were brought in step with the disk");

  return {
    async settle({ kind, data }) {
      if (kind.startsWith("snapshots.restore") || kind === "snapshots.undoRestore" || kind === "snapshots.replaceWorld")
        return standing.has(data?.restoreId ?? "");
      if (kind === "snapshots.prune") return finishPrune(ctx, data?.snapshotIds?.split(" ") ?? []);
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

async function finishPrune(ctx: Ports, snapshotIds: readonly string[]): Promise<boolean> {
  for (const id of snapshotIds) await finishDelete(ctx, id);
  return true;
}

/** A deletion that was begun is finished: it was asked for, and is in the audit log. */
async function finishDelete({ db, snapshots }: Ports, snapshotId: string): Promise<boolean> {
  if (await snapshots.engine.describe(snapshotId)) await snapshots.engine.deleteSnapshot(snapshotId);
  await deleteSnapshotRow(db, snapshotId);
  return true;
}
