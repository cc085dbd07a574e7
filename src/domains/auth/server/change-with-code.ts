import type { Ctx } from "@/server/context";
import type { Transaction } from "@/server/db/connect";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../audit/server/record-audit";
import { holdAccount } from "./hold-account";
import { requireProof } from "./require-proof";
import { countCode, takeCode } from "./take-code";

/** A change to the authenticator app that is in use: takes proof and one of its codes, which is used up with the change. */
export async function changeWithCode<Result>(
  ctx: Ctx,
  { password, code }: { password?: string; code: string },
  change: (tx: Transaction, userId: string) => Promise<Result>,
): Promise<Result> {
  const actor = await requireProof(ctx, password);
  const { userId, address } = actor;
  const wasRight = await countCode(ctx, { userId, address });
  const result = await ctx.db.transaction(async (tx) => {
    const user = await holdAccount(tx, actor);
    if (!user.hasTotp) throw new AppError("TOTP_NOT_ON", "There is no authenticator app.");
    return (await takeCode(ctx, tx, { userId, typed: code })) && { of: await change(tx, userId) };
  });
  if (!result) {
    const target = { kind: "user", id: userId };
    await recordAudit(ctx.db, ctx.actor, { action: "auth.code", target, result: "refused" });
    throw new AppError("CODE_WRONG", "This code is wrong, or was used already.");
  }
  await wasRight();
  return result.of;
}
