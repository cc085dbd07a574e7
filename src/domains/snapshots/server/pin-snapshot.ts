import type { z } from "zod";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../audit/server/record-audit";
import type { pinSnapshotInputSchema, Snapshot } from "../contract";
import { publishSnapshots } from "./publish-snapshots";
import { reachSnapshot } from "./reach-snapshot";
import { toSnapshot, updateSnapshotRow } from "./repository";

/** A pinned snapshot is kept until it is unpinned, whatever retention says; its note can be changed with it. */
export async function pinSnapshot(ctx: Ctx, input: z.output<typeof pinSnapshotInputSchema>): Promise<Snapshot> {
  const { snapshotId, isPinned, note } = input;
  const { row } = await reachSnapshot(ctx, snapshotId, "backups.create");
  const saved = await ctx.db.transaction(async (tx) => {
    await recordAudit(tx, ctx.actor, {
      action: "snapshots.pin",
      target: { kind: "snapshot", id: snapshotId },
      details: { isPinned, serverId: row.serverId },
    });
    return updateSnapshotRow(tx, snapshotId, { isPinned, ...(note === undefined ? {} : { note }) });
  });
  if (!saved) throw new AppError("SNAPSHOT_NOT_FOUND", "There is no such snapshot.", { snapshotId });
  publishSnapshots(ctx, saved);
  return toSnapshot(saved);
}
