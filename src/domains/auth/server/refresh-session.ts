import { createHash } from "node:crypto";
import type { RefreshClaim } from "@/server/auth/refresh-secrets";
import type { Services } from "@/server/context";
import type { Transaction } from "@/server/db/connect";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../audit/server/record-audit";
import type { UserRow } from "../../users/server/table";
import { ownActor } from "./own-actor";
import { lockSession, nextGeneration, revokeSession, type SessionRow } from "./session-repository";

/** So long a renewal may be asked for again by the attempt that made it: its answer can be lost on the way. */
const repeatMs = 60_000;
const dayMs = 86_400_000;

export interface RenewedSession extends RefreshClaim {
  userId: string;
}

/**
 * Takes a genuine refresh secret for the next one, which lives its full time anew. A secret that was used before ends the
 * session: one of the two who hold it is a thief, and nobody can say which. Only the very attempt that used it last may ask
 * again, for a minute, and is told the same.
 * @throws SIGN_IN_REQUIRED when the session has ended, or ends by this
 */
export async function refreshSession(
  services: Services,
  claim: RefreshClaim,
  { attempt, address }: { attempt: string | null; address: string },
): Promise<RenewedSession> {
  const { db, clock, env, limits } = services;
  const now = clock.now();
  const attemptHash = attempt === null ? null : createHash("sha256").update(attempt).digest("hex");
  const renewed = await db.transaction(async (tx): Promise<RenewedSession | null> => {
    const found = await lockSession(tx, claim.sessionId, now);
    if (!found) return null;
    const { session, user } = found;
    const refused = await limits.consume(ownActor(user, session.id, address), address, "session.refresh");
    if (refused)
      throw new AppError("RATE_LIMITED", `Too many calls. Try again in ${refused.retryAfterSeconds} s.`, refused);
    if (claim.generation === session.generation) {
      const expiresAt = new Date(now.getTime() + env.REFRESH_TOKEN_EXPIRE_DAYS * dayMs);
      const generation = await nextGeneration(tx, claim, { refreshAttempt: attemptHash, refreshedAt: now, expiresAt });
      return generation === null ? null : { sessionId: session.id, userId: user.id, generation };
    }
    // Newer than the row: the database is one of before. There is nothing to be said about such a secret.
    if (claim.generation > session.generation) return null;
    if (isRepeated(session, claim, attemptHash, now))
      return { sessionId: session.id, userId: user.id, generation: session.generation };
    await endReused(tx, { session, user, claim, address, now });
    return null;
  });
  if (!renewed) throw new AppError("SIGN_IN_REQUIRED", "The session has ended. Sign in again.");
  return renewed;
}

function isRepeated(session: SessionRow, claim: RefreshClaim, attemptHash: string | null, now: Date): boolean {
  return (
    attemptHash !== null &&
    attemptHash === session.refreshAttempt &&
    claim.generation === session.generation - 1 &&
    session.refreshedAt !== null &&
    now.getTime() - session.refreshedAt.getTime() < repeatMs
  );
}

interface Reuse {
  session: SessionRow;
  user: UserRow;
  claim: RefreshClaim;
  address: string;
  now: Date;
}

async function endReused(tx: Transaction, { session, user, claim, address, now }: Reuse): Promise<void> {
  await revokeSession(tx, session.id, { now, reason: "reused" });
  await recordAudit(tx, ownActor(user, session.id, address), {
    action: "auth.refreshReused",
    target: { kind: "session", id: session.id },
    result: "refused",
    details: { generation: claim.generation, latest: session.generation },
  });
}
