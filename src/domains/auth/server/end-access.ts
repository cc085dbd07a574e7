import { and, eq, isNull } from "drizzle-orm";
import type { Transaction } from "@/server/db/connect";
import { revokeSessionsOf, revokeTokensOf } from "./repository";
import { resetLinks } from "./table";

/** Why access ended: kept with each session. */
export type EndReason = "sign_out" | "replaced" | "ended" | "reused" | "password" | "role" | "deactivated" | "deleted";

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
