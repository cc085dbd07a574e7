import type { Transaction } from "@/server/db/connect";
import { revokeSessionsOf, revokeTokensOf } from "./repository";

/** Why access ended: kept with each session. */
export type EndReason = "sign_out" | "replaced" | "ended" | "reused" | "password" | "role" | "deactivated" | "deleted";

/**
 * Ends every session and every API token of the user, in the transaction of the change that asks for it: a new role, a new
 * password, deactivation. The next request is refused; open streams and uploads end within 5 s.
 */
export async function endAccess(tx: Transaction, userId: string, end: { now: Date; reason: EndReason }): Promise<void> {
  await revokeSessionsOf(tx, userId, end);
  await revokeTokensOf(tx, userId, end.now);
}
