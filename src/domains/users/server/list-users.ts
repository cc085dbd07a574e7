import { requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import type { Role } from "../../auth/permissions";
import type { User, UserState } from "../contract";
import { listUserRecords, toUser } from "./repository";

/** Users by name, a page at a time. The cursor is the last name of the page before. */
export async function listUsers(
  ctx: Ctx,
  input: { search?: string; role?: Role; state?: UserState; cursor?: string; limit: number },
): Promise<{ items: User[]; nextCursor: string | null }> {
  requirePermission(ctx.actor, "users.view");
  const rows = await listUserRecords(ctx.db, { ...input, limit: input.limit + 1 });
  const items = rows.slice(0, input.limit).map(toUser);
  return { items, nextCursor: rows.length > input.limit ? (items.at(-1)?.username ?? null) : null };
}
