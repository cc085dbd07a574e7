import type { z } from "zod";
import { requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { isWithin, reachOf, reachServer } from "../../servers/server/policy";
import type { listSnapshotsInputSchema, Snapshot } from "../contract";
import { reachSnapshot } from "./reach-snapshot";
import { listSnapshotRows, toSnapshot } from "./repository";

type Input = z.output<typeof listSnapshotsInputSchema>;

/** Snapshots of a server, newest first, a page at a time. Those of a deleted server are still there for who owned it. */
export async function listSnapshots(ctx: Ctx, input: Input): Promise<{ items: Snapshot[]; nextCursor: string | null }> {
  const { cursor, limit, ...filter } = input;
  requirePermission(ctx.actor, "backups.view");
  if (ctx.supervisor.find(input.serverId)) await reachServer(ctx, input.serverId, "backups.view");
  const before = cursor === undefined ? undefined : readCursor(cursor);
  const rows = await listSnapshotRows(ctx.db, { ...filter, before, limit: limit + 1 });
  if (!ctx.supervisor.find(input.serverId)) requireFormerOwner(ctx, input.serverId, rows[0]?.ownerId ?? null);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(toSnapshot),
    nextCursor: rows.length > limit && last ? `${last.createdAt.toISOString()}_${last.id}` : null,
  };
}

export async function getSnapshot(ctx: Ctx, { snapshotId }: { snapshotId: string }): Promise<Snapshot> {
  return toSnapshot((await reachSnapshot(ctx, snapshotId, "backups.view")).row);
}

function requireFormerOwner(ctx: Ctx, serverId: string, ownerId: string | null): void {
  if (ownerId !== null && isWithin(reachOf(ctx.actor), { ownerId, serverId: null })) return;
  throw new AppError("SERVER_NOT_FOUND", "There is no such server.", { serverId });
}

/** `createdAt` and id of the last one seen. */
const cursorForm = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

function readCursor(cursor: string): { createdAt: Date; id: string } {
  const [, time, id] = cursorForm.exec(cursor) ?? [];
  const createdAt = new Date(time ?? "");
  if (id && !Number.isNaN(createdAt.getTime())) return { createdAt, id };
  throw new AppError("VALIDATION_FAILED", "The cursor is not one of this list.", {
    issues: [{ path: ["cursor"], code: "cursor", message: "cursor" }],
  });
}
