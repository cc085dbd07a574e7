import { isStorableText } from "@/lib/storable-text";
import { verifyPassword } from "@/server/auth/password";
import type { SignInAttempt } from "@/server/bridge";
import type { Services } from "@/server/context";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../audit/server/record-audit";
import type { UserRow } from "../../users/server/table";
import type { SignInMethod } from "../contract";
import { findUserByName } from "./repository";

export interface CheckedPerson {
  user: UserRow;
  /** What was accepted as proof. */
  signedInWith: SignInMethod;
}

/**
 * Who it is that signs in, or null for any kind of wrong, in the same time for each. Counts the attempt first; a refusal is
 * audited.
 */
export async function checkCredentials(services: Services, attempt: SignInAttempt): Promise<CheckedPerson | null> {
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
  if (user && isRight && user.isActive) return { user, signedInWith: "password" };
  await recordAudit(
    services.db,
    null,
    { action: "auth.signIn", result: "refused", details: { username: attempt.username.slice(0, 64) } },
    attempt.address,
  );
  return null;
}
