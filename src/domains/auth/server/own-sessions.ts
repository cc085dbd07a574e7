import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../audit/server/record-audit";
import type { Session } from "../contract";
import { requireAccountHolder } from "./require-account-holder";
import { listOpenSessions, revokeOwnSession, revokeSessionsOf } from "./session-repository";

/** One's own open sessions, the latest first. */
export async function listSessions(ctx: Ctx): Promise<Session[]> {
  const actor = requireAccountHolder(ctx.actor);
  const current = actor.kind === "user" ? actor.sessionId : null;
  const rows = await listOpenSessions(ctx.db, actor.userId, ctx.clock.now());
  return rows.map(({ id, address, userAgent, signedInWith, createdAt, lastSeenAt, expiresAt }) => {
    return { id, isCurrent: id === current, address, userAgent, signedInWith, createdAt, lastSeenAt, expiresAt };
  });
}

/** Ends one of one's own sessions; SESSION_NOT_FOUND for anybody else's and for what has ended. */
export async function revokeSession(ctx: Ctx, { sessionId }: { sessionId: string }): Promise<void> {
  const actor = requireAccountHolder(ctx.actor);
  await ctx.db.transaction(async (tx) => {
    const end = { now: ctx.clock.now(), reason: "ended" as const };
    if (!(await revokeOwnSession(tx, { userId: actor.userId, sessionId }, end)))
      throw new AppError("SESSION_NOT_FOUND", "There is no such session.", { sessionId });
    await recordAudit(tx, actor, { action: "auth.revokeSession", target: { kind: "session", id: sessionId } });
  });
}

/** Ends all one's own sessions but the one that asks. A token has none: SESSION_NOT_FOUND. */
export async function revokeOtherSessions(ctx: Ctx): Promise<{ ended: number }> {
  const actor = requireAccountHolder(ctx.actor);
  if (actor.kind !== "user") throw new AppError("SESSION_NOT_FOUND", "A token has no session that would stay.");
  const end = { now: ctx.clock.now(), reason: "ended", except: actor.sessionId } as const;
  return ctx.db.transaction(async (tx) => {
    const ids = await revokeSessionsOf(tx, actor.userId, end);
    if (ids.length > 0)
      await recordAudit(tx, actor, { action: "auth.revokeOtherSessions", details: { sessionIds: ids } });
    return { ended: ids.length };
  });
}
