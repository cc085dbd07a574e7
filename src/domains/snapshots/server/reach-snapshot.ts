import { requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import { AppError, isAppError } from "@/server/errors";
import type { Permission } from "../../auth/permissions";
import { isWithin, mayWith, reachOf, reachServer } from "../../servers/server/policy";
import type { ServerRecord } from "../../servers/server/repository";
import { findSnapshot } from "./repository";
import type { SnapshotRow } from "./table";

export interface ReachedSnapshot {
  row: SnapshotRow;
  /** Null: its server is gone, and its last owner owns it. */
  server: ServerRecord | null;
}

/** The snapshot, if the actor holds the permission and reaches its server. What cannot be reached does not exist: SNAPSHOT_NOT_FOUND. */
export async function reachSnapshot(ctx: Ctx, snapshotId: string, permission: Permission): Promise<ReachedSnapshot> {
  requirePermission(ctx.actor, permission);
  const row = await findSnapshot(ctx.db, snapshotId);
  if (!row) throw notFound(snapshotId);
  if (ctx.supervisor.find(row.serverId)) {
    const server = await reachServer(ctx, row.serverId, permission).catch((error: unknown) => {
      throw isAppError(error) && error.code === "SERVER_NOT_FOUND" ? notFound(snapshotId) : error;
    });
    return { row, server };
  }
  const last = { id: row.serverId, ownerId: row.ownerId ?? "" };
  if (!isWithin(reachOf(ctx.actor), { ownerId: row.ownerId, serverId: null })) throw notFound(snapshotId);
  if (!mayWith(ctx.actor, last, permission))
    throw new AppError("PERMISSION_MISSING", `This needs the permission ${permission}.`, { permission });
  return { row, server: null };
}

/** The same for what only a complete snapshot can do. */
export async function reachComplete(ctx: Ctx, snapshotId: string, permission: Permission): Promise<ReachedSnapshot> {
  const reached = await reachSnapshot(ctx, snapshotId, permission);
  const { status } = reached.row;
  if (status === "complete") return reached;
  throw new AppError("SNAPSHOT_NOT_COMPLETE", `This snapshot is ${status}.`, { snapshotId, status });
}

/** The same for what needs the server as well. */
export async function reachRestorable(
  ctx: Ctx,
  snapshotId: string,
  permission: Permission,
): Promise<{ row: SnapshotRow; server: ServerRecord }> {
  const { row, server } = await reachComplete(ctx, snapshotId, permission);
  if (server) return { row, server };
  throw new AppError("SERVER_NOT_FOUND", "The server of this snapshot is gone.", { serverId: row.serverId });
}

function notFound(snapshotId: string): AppError {
  return new AppError("SNAPSHOT_NOT_FOUND", "There is no such snapshot.", { snapshotId });
}
