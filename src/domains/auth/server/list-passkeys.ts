import type { Ctx } from "@/server/context";
import type { Passkey } from "../contract";
import { findPasskeys, type PasskeyRow } from "./passkey-repository";
import { requireAccountHolder } from "./require-account-holder";

/** One's own, the oldest first. */
export async function listPasskeys(ctx: Ctx): Promise<Passkey[]> {
  const { userId } = requireAccountHolder(ctx.actor);
  return (await findPasskeys(ctx.db, userId)).map(toPasskey);
}

export function toPasskey({ id, name, isBackedUp, createdAt, lastUsedAt }: PasskeyRow): Passkey {
  return { id, name, isBackedUp, createdAt, lastUsedAt };
}
