import { requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../audit/server/record-audit";
import type { Permission } from "../../auth/permissions";
import { isWithin, mayWith, reachOf } from "../../servers/server/policy";
import type { Job, JobKind } from "../contract";
import { findOperation, listOperations, toJob } from "./repository";
import type { OperationRow } from "./table";

/** Jobs that the actor may see, newest first; those that run here with their progress of this instant. */
export async function listJobs(
  ctx: Ctx,
  input: { serverId?: string; active?: boolean; cursor?: string; limit: number },
): Promise<{ items: Job[]; nextCursor: string | null }> {
  const rows = await listOperations(ctx.db, {
    ...input,
    reach: reachOf(ctx.actor),
    before: readCursor(input.cursor),
    limit: input.limit + 1,
  });
  const items = rows.slice(0, input.limit).map((row) => ctx.jobs.live(row.id) ?? toJob(row));
  const last = items.at(-1);
  return { items, nextCursor: rows.length > input.limit && last ? `${last.startedAt.toISOString()}_${last.id}` : null };
}

export async function getJob(ctx: Ctx, input: { jobId: string }): Promise<Job> {
  const row = await reachOperation(ctx, input);
  return ctx.jobs.live(row.id) ?? toJob(row);
}

async function reachOperation(ctx: Ctx, input: { jobId: string }): Promise<OperationRow> {
  const row = await findOperation(ctx.db, input.jobId);
  if (!row || !isWithin(reachOf(ctx.actor), row))
    throw new AppError(
      "JOB_NOT_FOUND",
      "There is no such job.",
      { jobId: input.jobId },
      { hides: row ? { kind: "job", id: row.id } : undefined },
    );
  return row;
}

/** What a job of each kind does, and so what ending it early takes. */
const permissionOf: Readonly<Record<JobKind, Permission>> = {
  "servers.create": "servers.create",
  "servers.import": "servers.create",
  "servers.clone": "servers.create",
  "servers.start": "servers.start",
  "servers.stop": "servers.stop",
  "servers.restart": "servers.restart",
  "servers.kill": "servers.stop",
  "servers.delete": "servers.delete",
  "servers.changeVersion": "servers.update",
  "servers.undoChange": "servers.update",
  "snapshots.create": "backups.create",
  "snapshots.import": "backups.create",
  "snapshots.restore": "backups.restore",
  "snapshots.restoreFiles": "backups.restore",
  "snapshots.replaceWorld": "backups.restore",
  "snapshots.undoRestore": "backups.restore",
  "snapshots.delete": "backups.delete",
  "snapshots.prune": "backups.delete",
  "snapshots.verify": "backups.create",
  "files.copy": "files.edit",
  "files.extract": "files.edit",
  "files.compress": "files.edit",
  "servers.installJava": "system.update_settings",
};

/** Asks a running job to stop; what it has begun is undone before it ends. */
export async function cancelJob(ctx: Ctx, input: { jobId: string }): Promise<Job> {
  const row = await reachOperation(ctx, input);
  const permission = permissionOf[row.kind];
  if (row.serverId && row.ownerId && !mayWith(ctx.actor, { id: row.serverId, ownerId: row.ownerId }, permission))
    throw new AppError("PERMISSION_MISSING", `This needs the permission ${permission}.`, { permission });
  requirePermission(ctx.actor, permission);
  if (!ctx.jobs.live(row.id)?.isCancellable) throw notCancellable(ctx, row);
  await recordAudit(ctx.db, ctx.actor, {
    action: "jobs.cancel",
    target: { kind: "job", id: row.id },
    details: { kind: row.kind, name: row.subject, ...(row.serverId ? { serverId: row.serverId } : {}) },
  });
  if (!ctx.jobs.cancel(row.id)) throw notCancellable(ctx, row);
  return getJob(ctx, input);
}

function notCancellable(ctx: Ctx, row: OperationRow): AppError {
  return new AppError("JOB_NOT_CANCELLABLE", "This job has ended, or cannot be cancelled any more.", {
    status: (ctx.jobs.live(row.id) ?? row).status,
  });
}

/** `startedAt` and id of the last job seen. Anything else is refused: to begin anew silently would never end. */
const cursorForm = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

function readCursor(cursor: string | undefined): { startedAt: Date; id: string } | undefined {
  if (cursor === undefined) return undefined;
  const [, time, id] = cursorForm.exec(cursor) ?? [];
  const startedAt = new Date(time ?? "");
  if (id && !Number.isNaN(startedAt.getTime())) return { startedAt, id };
  throw new AppError("VALIDATION_FAILED", "The cursor is not one of this list.", {
    issues: [{ path: ["cursor"], code: "cursor", message: "cursor" }],
  });
}
