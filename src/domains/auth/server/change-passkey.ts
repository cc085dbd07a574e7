import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../audit/server/record-audit";
import type { Passkey } from "../contract";
import { holdAccount } from "./hold-account";
import { toPasskey } from "./list-passkeys";
import { removePasskeys, renamePasskeyRow } from "./passkey-repository";
import { requireAccountHolder } from "./require-account-holder";
import { requireProof } from "./require-proof";
import { tellOfFactors } from "./tell-of-factors";

export async function renamePasskey(ctx: Ctx, input: { passkeyId: string; name: string }): Promise<Passkey> {
  const { userId } = requireAccountHolder(ctx.actor);
  return ctx.db.transaction(async (tx) => {
    const row = await renamePasskeyRow(tx, { userId, id: input.passkeyId, name: input.name });
    if (!row) throw unknown();
    const target = { kind: "user", id: userId };
    await recordAudit(tx, ctx.actor, { action: "auth.passkeyRename", target, details: { ...input } });
    return toPasskey(row);
  });
}

/** From then on it opens nothing. */
export async function removePasskey(ctx: Ctx, input: { password?: string; passkeyId: string }): Promise<void> {
  const { passkeyId } = input;
  const actor = await requireProof(ctx, input.password);
  const { userId } = actor;
  await ctx.db.transaction(async (tx) => {
    await holdAccount(tx, actor);
    const [name] = await removePasskeys(tx, userId, passkeyId);
    if (name === undefined) throw unknown();
    const target = { kind: "user", id: userId };
    await recordAudit(tx, ctx.actor, { action: "auth.passkeyRemove", target, details: { passkeyId, name } });
  });
  tellOfFactors(ctx);
}

function unknown(): AppError {
  return new AppError("PASSKEY_NOT_FOUND", "There is no such passkey.");
}
