import type { PasswordAttempt } from "@/server/bridge";
import type { Services } from "@/server/context";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../audit/server/record-audit";
import type { UserRow } from "../../users/server/table";
import type { SignInMethod } from "../contract";
import { countCode, takeCode } from "./take-code";

/**
 * What comes after the right password: with an authenticator app a code, which is used up. Without one the password is enough,
 * unless the role must have a second factor and the person has a passkey, which then stands in for both.
 */
export async function checkSecondFactor(
  services: Services,
  user: UserRow,
  { totp, address }: Pick<PasswordAttempt, "totp" | "address">,
): Promise<SignInMethod> {
  if (!user.hasTotp) {
    if (!user.hasPasskey || !services.settings.current().secondFactorRoles.includes(user.role)) return "password";
    throw new AppError("PASSKEY_REQUIRED", "This account signs in with its passkey.");
  }
  if (!totp?.trim()) throw new AppError("TOTP_REQUIRED", "Give the code of the authenticator app, or a recovery code.");
  const wasRight = await countCode(services, { userId: user.id, address });
  const used = await takeCode(services, services.db, { userId: user.id, typed: totp });
  if (used) {
    await wasRight();
    return used;
  }
  const details = { username: user.username, step: "code" };
  await recordAudit(services.db, null, { action: "auth.signIn", result: "refused", details }, address);
  throw new AppError("TOTP_INVALID", "The code is wrong, or was used already.");
}
