import type { Ctx } from "@/server/context";
import { recordAudit } from "../../audit/server/record-audit";
import { changeWithCode } from "./change-with-code";
import { tellOfFactors } from "./tell-of-factors";
import { removeTotp } from "./totp-repository";

/** Removes the authenticator app and the recovery codes. The password alone signs in again. */
export async function totpDisable(ctx: Ctx, input: { password?: string; code: string }): Promise<void> {
  await changeWithCode(ctx, input, async (tx, userId) => {
    await removeTotp(tx, userId);
    await recordAudit(tx, ctx.actor, { action: "auth.totpDisable", target: { kind: "user", id: userId } });
  });
  tellOfFactors(ctx);
}
