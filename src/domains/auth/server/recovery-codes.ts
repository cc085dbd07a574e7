import type { Ctx } from "@/server/context";
import type { Transaction } from "@/server/db/connect";
import { recordAudit } from "../../audit/server/record-audit";
import { changeWithCode } from "./change-with-code";
import { hashRecoveryCode, newRecoveryCode, recoveryCodeCount } from "./recovery-code";
import { replaceRecoveryCodes } from "./totp-repository";

/** Ten codes in place of whatever there was. Only their hashes are kept: show them now. */
export async function giveRecoveryCodes(tx: Transaction, userId: string): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodeCount }, newRecoveryCode);
  await replaceRecoveryCodes(tx, userId, codes.map(hashRecoveryCode));
  return codes;
}

/** New recovery codes; those from before are worth nothing any more. */
export async function newRecoveryCodes(
  ctx: Ctx,
  input: { password?: string; code: string },
): Promise<{ recoveryCodes: string[] }> {
  const recoveryCodes = await changeWithCode(ctx, input, async (tx, userId) => {
    await recordAudit(tx, ctx.actor, { action: "auth.newRecoveryCodes", target: { kind: "user", id: userId } });
    return giveRecoveryCodes(tx, userId);
  });
  return { recoveryCodes };
}
