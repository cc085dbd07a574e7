import type { Ctx } from "@/server/context";
import type { Transaction } from "@/server/db/connect";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../audit/server/record-audit";
import { lockUser } from "./repository";
import { requireProof } from "./require-proof";
import { countCode, takeCode } from "./take-code";

/** A change to the authenticator app that is in use: takes proof and one of its codes, which is used up with the change. */
export async function changeWithCode<Result>(
  ctx: Ctx,
  { password, code }: { password?: string; code: string },
  change: (tx: Transaction, userId: string) => Promise<Result>,
): Promise<Result> {
  const { userId, address } = await requireProof(ctx, password);
  const wasRight = await countCode(ctx, { userId, address });
  const result = await ctx.db.transaction(async (tx) => {
    const user = await lockUser(tx, userId);
    if (!user?.hasTotp) throw new AppError("TOTP_NOT_ON", "There is no authenticator app.");
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
