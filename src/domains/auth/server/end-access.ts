import { and, eq, isNull } from "drizzle-orm";
import type { Transaction } from "@/server/db/connect";
import type { EndReason } from "../end-reason";
import { revokeSessionsOf } from "./session-repository";
import { resetLinks } from "./table";
import { revokeTokensOf } from "./token-repository";

/**
 * Ends every session, every API token and every open reset link of the user, in the transaction of the change that asks for it:
 * a new role, a new password, deactivation. The next request is refused; open streams and uploads end within 5 s.
 */
export async function endAccess(tx: Transaction, userId: string, end: { now: Date; reason: EndReason }): Promise<void> {
  await revokeSessionsOf(tx, userId, end);
  await revokeTokensOf(tx, userId, end.now);
  await voidResetLinks(tx, userId, end.now);
}

/** A link made for somebody with fewer rights must not open an account that has been given more. */
export async function voidResetLinks(tx: Transaction, userId: string, now: Date): Promise<void> {
  await tx
    .update(resetLinks)
    .set({ usedAt: now })
    .where(and(eq(resetLinks.userId, userId), isNull(resetLinks.usedAt)));
}
