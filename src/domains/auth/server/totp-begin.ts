import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../audit/server/record-audit";
import type { TotpBeginning } from "../contract";
import { holdAccount } from "./hold-account";
import { requireProof } from "./require-proof";
import { seedPlace } from "./take-code";
import { savePendingSeed } from "./totp-repository";
import { newTotpSeed, totpUri } from "./totp-seed";

/** First step of setting up an authenticator app: a new seed, shown this once. Nothing is asked for at sign-in before `totpConfirm`. */
export async function totpBegin(ctx: Ctx, { password }: { password?: string }): Promise<TotpBeginning> {
  const actor = await requireProof(ctx, password);
  const { userId, username } = actor;
  const secret = newTotpSeed();
  await ctx.db.transaction(async (tx) => {
    const user = await holdAccount(tx, actor);
    if (user.hasTotp)
      throw new AppError("TOTP_ALREADY_ON", "There is an authenticator app already. Remove it before adding another.");
    await savePendingSeed(tx, userId, ctx.sealer.seal(secret, seedPlace(userId, "pending")));
    await recordAudit(tx, ctx.actor, { action: "auth.totpBegin", target: { kind: "user", id: userId } });
  });
  return { secret, uri: totpUri(secret, username) };
}
