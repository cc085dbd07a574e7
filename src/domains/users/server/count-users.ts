import { requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import { countWaiting } from "./repository";

/** How many wait for approval: the mark in the sidebar. */
export async function countUsers(ctx: Ctx): Promise<{ waiting: number }> {
  requirePermission(ctx.actor, "users.view");
  return { waiting: await countWaiting(ctx.db) };
}
