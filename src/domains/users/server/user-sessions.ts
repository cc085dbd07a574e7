import { requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import type { Session } from "../../auth/contract";
import { changeUser, userNotFound } from "./change-people";
import { requireNotOutranked } from "./policy";
import { findUserRecord, listOpenSessions, revokeOpenSessions } from "./repository";

/** Where a user is signed in, newest first. */
export async function listUserSessions(ctx: Ctx, input: { userId: string }): Promise<Session[]> {
  requirePermission(ctx.actor, "users.update");
  const user = await findUserRecord(ctx.db, input.userId);
  if (!user) throw userNotFound(input.userId);
  requireNotOutranked(ctx.actor, user);
  const current = ctx.actor.kind === "user" ? ctx.actor.sessionId : null;
  const rows = await listOpenSessions(ctx.db, user.id, ctx.clock.now());
  return rows.map((row) => ({
    id: row.id,
    isCurrent: row.id === current,
    address: row.address,
    userAgent: row.userAgent,
    signedInWith: row.signedInWith,
    createdAt: row.createdAt,
    lastSeenAt: row.lastSeenAt,
    expiresAt: row.expiresAt,
  }));
}

/** Ends one session of a user, or all of them: at once for the next call, within seconds for open streams. */
export function endUserSessions(ctx: Ctx, input: { userId: string; sessionId?: string }): Promise<{ ended: number }> {
  const { userId, sessionId } = input;
  const spec = { action: "users.endSessions", permission: "users.update", userId } as const;
  return changeUser(ctx, spec, async ({ tx, actor, now, audit }, target) => {
    requireNotOutranked(actor, target);
    const ended = await revokeOpenSessions(tx, { userId, sessionId, now });
    if (sessionId !== undefined && ended.length === 0)
      throw new AppError("SESSION_NOT_FOUND", "There is no such session.", { sessionId });
    if (ended.length > 0) await audit(userId, { username: target.username, sessions: ended });
    return { ended: ended.length };
  });
}
