import type { PersonActor } from "@/server/auth/actor";
import { verifyPassword } from "@/server/auth/password";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { countAttempt } from "@/server/limits/count-attempt";
import { recordAudit } from "../../audit/server/record-audit";
import { findUserById } from "./repository";
import { requireAccountHolder } from "./require-account-holder";

const freshMs = 10 * 60_000;

/**
 * Proof that it is still the same person, before anything that guards the account changes: a sign-in of the last ten minutes, or
 * the password again. Attempts are counted, so that a stolen session is no way to guess it.
 * @throws REAUTHENTICATION_REQUIRED without a password, PASSWORD_WRONG, RATE_LIMITED, TOKEN_TOO_NARROW
 */
export async function requireProof(ctx: Ctx, password?: string): Promise<PersonActor> {
  const actor = requireAccountHolder(ctx.actor);
  const { authenticatedAt } = actor;
  const age =
    authenticatedAt === null ? Number.POSITIVE_INFINITY : ctx.clock.now().getTime() - authenticatedAt.getTime();
  if (age < freshMs) return actor;
  if (password === undefined)
    throw new AppError(
      "REAUTHENTICATION_REQUIRED",
      "Give the password again: the sign-in is longer than ten minutes ago.",
    );
  await countAttempt(ctx, { kind: "password", address: actor.address, subject: actor.username });
  const user = await findUserById(ctx.db, actor.userId);
  if (user && (await verifyPassword(user.passwordHash, password))) return actor;
  const target = { kind: "user", id: actor.userId };
  await recordAudit(ctx.db, actor, { action: "auth.proof", target, result: "refused" });
  throw new AppError("PASSWORD_WRONG", "This is not the account's password.");
}
