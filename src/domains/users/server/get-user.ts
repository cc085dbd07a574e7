import { requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import type { Database, Transaction } from "@/server/db/connect";
import type { User } from "../contract";
import { userNotFound } from "./change-people";
import { findUserRecord, toUser } from "./repository";

export async function getUser(ctx: Ctx, input: { userId: string }): Promise<User> {
  requirePermission(ctx.actor, "users.view");
  return readUser(ctx.db, input.userId);
}

/** The user as a verb answers it after its change. */
export async function readUser(db: Database | Transaction, userId: string): Promise<User> {
  const record = await findUserRecord(db, userId);
  if (!record) throw userNotFound(userId);
  return toUser(record);
}
