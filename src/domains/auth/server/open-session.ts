import type { Services } from "@/server/context";
import { recordAudit } from "../../audit/server/record-audit";
import type { CheckedPerson } from "./check-credentials";
import { ownActor } from "./own-actor";
import { markSignedIn } from "./repository";
import { insertSession, revokeSessionsOf } from "./session-repository";

interface From {
  address: string;
  userAgent: string;
}

/**
 * Opens a browser session for who has been checked; by default it is the user's only one. Null when the account was closed or
 * got another password in between.
 */
export async function openSession(
  services: Services,
  { user, signedInWith }: CheckedPerson,
  { address, userAgent }: From,
): Promise<{ userId: string; sessionId: string } | null> {
  const now = services.clock.now();
  const expiresAt = new Date(now.getTime() + services.env.REFRESH_TOKEN_EXPIRE_DAYS * 86_400_000);
  const sessionId = await services.db.transaction(async (tx) => {
    // The row of the user is written first: two sign-ins at once follow each other, and the later one ends the earlier.
    if (!(await markSignedIn(tx, user, now))) return null;
    if (services.env.SINGLE_SESSION) await revokeSessionsOf(tx, user.id, { now, reason: "replaced" });
    const id = await insertSession(tx, {
      userId: user.id,
      address,
      userAgent: userAgent.slice(0, 300),
      signedInWith,
      createdAt: now,
      lastSeenAt: now,
      expiresAt,
    });
    await recordAudit(tx, ownActor(user, id, address), { action: "auth.signIn", details: { with: signedInWith } });
    return id;
  });
  return sessionId === null ? null : { userId: user.id, sessionId };
}
