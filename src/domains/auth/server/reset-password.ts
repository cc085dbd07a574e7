import { hashPassword } from "@/server/auth/password";
import type { Services } from "@/server/context";
import { AppError } from "@/server/errors";
import { countAttempt } from "@/server/limits/count-attempt";
import { recordAudit } from "../../audit/server/record-audit";
import { endAccess } from "./end-access";
import { ownActor } from "./own-actor";
import { consumeResetLink, findResetLink, lockUser, replacePassword } from "./repository";
import { hashToken } from "./resolve-actor";
import { refuseCommon } from "./set-up";

/**
 * Sets a new password with an administrator's link, which works once; every session and token of the account ends, its second
 * factor stays. Throws RESET_LINK_INVALID, RATE_LIMITED, or PASSWORD_TOO_COMMON (the link then still works).
 */
export async function resetPassword(
  services: Services,
  input: { secret: string; newPassword: string },
  address: string,
): Promise<{ username: string }> {
  const { db, clock } = services;
  await countAttempt(services, { kind: "reset", address });
  const hash = hashToken(input.secret);
  const found = await findResetLink(db, hash, clock.now());
  if (!found) throw await refuse();
  refuseCommon({ username: found.username, password: input.newPassword }, "newPassword");
  const passwordHash = await hashPassword(input.newPassword);
  const user = await db.transaction(async (tx) => {
    // The user first, as everywhere: two links of one user, used at once, must not wait for each other.
    const locked = await lockUser(tx, found.userId);
    const now = clock.now();
    if (!locked?.isActive || !(await consumeResetLink(tx, hash, now))) return null;
    await replacePassword(tx, locked, passwordHash);
    await endAccess(tx, locked.id, { now, reason: "password" });
    const target = { kind: "user", id: locked.id };
    await recordAudit(tx, ownActor(locked, "", address), { action: "auth.resetPassword", target });
    return locked;
  });
  if (!user) throw await refuse();
  return { username: user.username };

  async function refuse(): Promise<AppError> {
    await recordAudit(db, null, { action: "auth.resetPassword", result: "refused" }, address);
    return new AppError("RESET_LINK_INVALID", "This link is not valid any more. Ask an administrator for a new one.");
  }
}
