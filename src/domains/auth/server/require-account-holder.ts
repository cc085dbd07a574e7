import type { Actor, PersonActor } from "@/server/auth/actor";
import { AppError } from "@/server/errors";

/**
 * The person whose own account it is. What guards an account (factors, passkeys) is theirs alone to change: a token that was
 * narrowed to some permissions may not, and neither may an account that waits for approval.
 */
export function requireAccountHolder(actor: Actor): PersonActor {
  if (actor.kind === "system") throw new AppError("SIGN_IN_REQUIRED", "Sign in first.");
  if (actor.kind === "token" && actor.scopes)
    throw new AppError("TOKEN_TOO_NARROW", "This token is limited to some permissions and cannot change the account.");
  if (!actor.isApproved) throw new AppError("NOT_APPROVED", "An administrator has not approved this account yet.");
  return actor;
}
