import { isStorableText } from "@/lib/storable-text";
import { verifyPassword } from "@/server/auth/password";
import type { PasswordAttempt } from "@/server/bridge";
import type { Services } from "@/server/context";
import { countAttempt } from "@/server/limits/count-attempt";
import { recordAudit } from "../../audit/server/record-audit";
import type { UserRow } from "../../users/server/table";
import type { SignInMethod } from "../contract";
import { checkSecondFactor } from "./check-second-factor";
import { findUserByName } from "./repository";

export interface CheckedPerson {
  user: UserRow;
  /** What was accepted as proof. */
  signedInWith: SignInMethod;
}

/**
 * Who it is that signs in, or null for any kind of wrong, in the same time for each. Counts the attempt first; a refusal is
 * audited. Only who has given the right password learns of a second factor.
 * @throws RATE_LIMITED; TOTP_REQUIRED, TOTP_INVALID or PASSKEY_REQUIRED after the right password
 */
export async function checkCredentials(services: Services, attempt: PasswordAttempt): Promise<CheckedPerson | null> {
  await countAttempt(services, { kind: "signIn", address: attempt.address, subject: attempt.username });
  const user = isStorableText(attempt.username) ? await findUserByName(services.db, attempt.username) : null;
  const isRight = await verifyPassword(user?.passwordHash ?? null, attempt.password);
  if (user && isRight && user.isActive) {
    return { user, signedInWith: await checkSecondFactor(services, user, attempt) };
  }
  // Only a name that exists: some type their password where the name belongs.
  const details = user ? { username: user.username } : {};
  await recordAudit(services.db, null, { action: "auth.signIn", result: "refused", details }, attempt.address);
  return null;
}
