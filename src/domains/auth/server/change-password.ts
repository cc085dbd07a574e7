import { hashPassword, verifyPassword } from "@/server/auth/password";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { countAttempt } from "@/server/limits/count-attempt";
import { recordAudit } from "../../audit/server/record-audit";
import { endAccess } from "./end-access";
import { findUserById, replacePassword } from "./repository";
import { requireAccountHolder } from "./require-account-holder";
import { refuseCommon } from "./set-up";

const audited = { action: "auth.changePassword" };

/**
 * Sets a new password for the present one, and ends every session and token of the account, this one too. Throws PASSWORD_WRONG,
 * PASSWORD_TOO_COMMON, or RATE_LIMITED: each try is counted.
 */
export async function changePassword(ctx: Ctx, input: { password: string; newPassword: string }): Promise<void> {
  const { db, clock } = ctx;
  const actor = requireAccountHolder(ctx.actor);
  await countAttempt(ctx, { kind: "password", address: actor.address, subject: actor.username });
  const user = await findUserById(db, actor.userId);
  if (!(await verifyPassword(user?.passwordHash ?? null, input.password)) || !user) {
    await recordAudit(db, actor, { ...audited, result: "refused" });
    throw passwordWrong();
  }
  refuseCommon({ username: user.username, password: input.newPassword }, "newPassword");
  const passwordHash = await hashPassword(input.newPassword);
  await db.transaction(async (tx) => {
    // Another change in between has made the password given here an old one.
    if (!(await replacePassword(tx, user, passwordHash))) throw passwordWrong();
    await endAccess(tx, user.id, { now: clock.now(), reason: "password" });
    await recordAudit(tx, actor, { ...audited, target: { kind: "user", id: user.id } });
  });
}

function passwordWrong(): AppError {
  return new AppError("PASSWORD_WRONG", "The present password is wrong.", {
    issues: [{ path: ["password"], code: "mismatch", message: "mismatch" }],
  });
}
