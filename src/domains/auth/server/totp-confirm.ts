import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../audit/server/record-audit";
import { holdAccount } from "./hold-account";
import { plainCode } from "./recovery-code";
import { giveRecoveryCodes } from "./recovery-codes";
import { requireAccountHolder } from "./require-account-holder";
import { countCode, seedPlace } from "./take-code";
import { tellOfFactors } from "./tell-of-factors";
import { confirmSeed, findTotp } from "./totp-repository";
import { totpStepOf } from "./totp-seed";

/**
 * Second step: the first code of the app that scanned the seed. From then on a code is asked for at sign-in. Returns the ten
 * recovery codes, shown this once.
 */
export async function totpConfirm(ctx: Ctx, { code }: { code: string }): Promise<{ recoveryCodes: string[] }> {
  const actor = requireAccountHolder(ctx.actor);
  const { userId, address } = actor;
  const row = await findTotp(ctx.db, userId);
  if (row?.secret) throw alreadyOn();
  if (!row?.pending) throw new AppError("TOTP_NOT_ON", "Begin setting up the authenticator app first.");
  const { pending } = row;
  const wasRight = await countCode(ctx, { userId, address });
  const now = ctx.clock.now();
  const seed = ctx.sealer.open(pending, seedPlace(userId, "pending"));
  const step = totpStepOf(seed, plainCode(code), now);
  if (step === null) throw new AppError("CODE_WRONG", "This code is not the app's present one. Try the next one.");
  await wasRight();
  const codes = await ctx.db.transaction(async (tx) => {
    await holdAccount(tx, actor);
    const secret = ctx.sealer.seal(seed, seedPlace(userId, "secret"));
    if (!(await confirmSeed(tx, userId, { pending, secret, step, now }))) throw alreadyOn();
    await recordAudit(tx, ctx.actor, { action: "auth.totpConfirm", target: { kind: "user", id: userId } });
    return giveRecoveryCodes(tx, userId);
  });
  tellOfFactors(ctx);
  return { recoveryCodes: codes };
}

function alreadyOn(): AppError {
  return new AppError("TOTP_ALREADY_ON", "There is an authenticator app already.");
}
