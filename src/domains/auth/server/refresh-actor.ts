import { and, eq, isNull } from "drizzle-orm";
import type { Actor } from "@/server/auth/actor";
import type { Transaction } from "@/server/db/connect";
import { AppError } from "@/server/errors";
import { users } from "../../users/server/table";
import { effectivePermissions } from "../permissions";
import { apiTokens, sessions } from "./table";

/**
 * The actor with the rights of this instant, for changes that wait for a lock: what was true when the call came in may have
 * been taken meanwhile. Throws SIGN_IN_REQUIRED when the session, the token or the account has ended.
 */
export async function refreshActor(tx: Transaction, actor: Actor): Promise<Actor> {
  if (actor.kind === "system") return actor;
  const [user] = await tx
    .select()
    .from(users)
    .where(and(eq(users.id, actor.userId), eq(users.isActive, true)));
  const isOpen =
    actor.kind === "user"
      ? await tx.$count(sessions, and(eq(sessions.id, actor.sessionId), isNull(sessions.revokedAt)))
      : await tx.$count(apiTokens, and(eq(apiTokens.id, actor.tokenId), isNull(apiTokens.revokedAt)));
  if (!user || isOpen === 0) throw new AppError("SIGN_IN_REQUIRED", "Sign in first, or send an API token.");
  const all = effectivePermissions(user.role, user.granted, user.denied);
  const scopes = actor.kind === "token" ? actor.scopes : null;
  const permissions = scopes ? new Set(scopes.filter((name) => all.has(name))) : all;
  return { ...actor, role: user.role, isApproved: user.isApproved, permissions };
}
