import { requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import type { AuditEntry, AuditFilter } from "../contract";
import { listNewest } from "./repository";

/** The audit log, newest first, page by page: `nextCursor` is null at the end. */
export async function listAudit(
  ctx: Ctx,
  input: AuditFilter & { cursor?: string; limit: number },
): Promise<{ items: AuditEntry[]; nextCursor: string | null }> {
  requirePermission(ctx.actor, "system.update_settings");
  const { cursor, limit, ...filter } = input;
  const before = cursor === undefined ? undefined : Number(cursor);
  const rows = await listNewest(ctx.db, { filter, before, limit: limit + 1 });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? String(last.seq) : null };
}
