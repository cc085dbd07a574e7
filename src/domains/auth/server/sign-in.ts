import { randomBytes } from "node:crypto";
import { isStorableText } from "@/lib/storable-text";
import { verifyPassword } from "@/server/auth/password";
import type { SignInAttempt } from "@/server/bridge";
import type { Services } from "@/server/context";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../audit/server/record-audit";
import type { UserRow } from "../../users/server/table";
import { findUserByName, insertSession, insertToken, revokeSession, revokeSessionsOf } from "./repository";
import { hashToken, tokenPrefix } from "./resolve-actor";

const tokenDays = 90;

/** Checks name and password, in the same time for every kind of wrong. Counts the attempt first. */
async function authenticate(services: Services, attempt: SignInAttempt): Promise<UserRow | null> {
  const refused = await services.limits.consumeSignIn(attempt.address, attempt.username);
  if (refused) {
    throw new AppError(
      "RATE_LIMITED",
      `Too many sign-in attempts. Try again in ${refused.retryAfterSeconds} s.`,
      refused,
    );
  }
  const user = isStorableText(attempt.username) ? await findUserByName(services.db, attempt.username) : null;
  const isRight = await verifyPassword(user?.passwordHash ?? null, attempt.password);
  if (user && isRight && user.isActive) return user;
  await recordAudit(
    services.db,
    null,
    { action: "auth.signIn", result: "refused", details: { username: attempt.username.slice(0, 64) } },
    attempt.address,
  );
  return null;
}

/** Opens a browser session; by default it is the user's only one. Null for any kind of wrong. */
export async function signIn(
  services: Services,
  attempt: SignInAttempt,
): Promise<{ userId: string; sessionId: string } | null> {
  const user = await authenticate(services, attempt);
  if (!user) return null;
  const now = services.clock.now();
  const expiresAt = new Date(now.getTime() + services.env.REFRESH_TOKEN_EXPIRE_DAYS * 86_400_000);
  const sessionId = await services.db.transaction(async (tx) => {
    if (services.env.SINGLE_SESSION) await revokeSessionsOf(tx, user.id, now);
    const id = await insertSession(tx, {
      userId: user.id,
      address: attempt.address,
      userAgent: attempt.userAgent.slice(0, 300),
      expiresAt,
    });
    await recordAudit(tx, actorOf(user, id, attempt.address), { action: "auth.signIn" });
    return id;
  });
  return { userId: user.id, sessionId };
}

export async function signOut(services: Services, sessionId: string, address: string): Promise<void> {
  await services.db.transaction(async (tx) => {
    const user = await revokeSession(tx, sessionId, services.clock.now());
    if (user) await recordAudit(tx, actorOf(user, sessionId, address), { action: "auth.signOut" });
  });
}

/** An API token for a script, shown this once; valid for 90 days, with all the rights its owner has at each call. */
export async function issueToken(
  services: Services,
  attempt: SignInAttempt & { name: string },
): Promise<{ token: string; expiresAt: Date }> {
  const user = await authenticate(services, attempt);
  if (!user) throw new AppError("CREDENTIALS_INVALID", "The user name or the password is wrong.");
  const token = tokenPrefix + randomBytes(32).toString("base64url");
  const expiresAt = new Date(services.clock.now().getTime() + tokenDays * 86_400_000);
  await services.db.transaction(async (tx) => {
    await insertToken(tx, {
      userId: user.id,
      name: attempt.name,
      hash: hashToken(token),
      scopes: null,
      authenticatedAt: services.clock.now(),
      expiresAt,
    });
    await recordAudit(tx, actorOf(user, "", attempt.address), {
      action: "auth.issueToken",
      details: { name: attempt.name },
    });
  });
  return { token, expiresAt };
}

function actorOf(user: UserRow, sessionId: string, address: string) {
  const { id: userId, username, role, isApproved } = user;
  return {
    kind: "user" as const,
    sessionId,
    userId,
    username,
    role,
    isApproved,
    permissions: new Set<never>(),
    shared: new Map(),
    mustEnrol: false,
    authenticatedAt: null,
    address,
  };
}
