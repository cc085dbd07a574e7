import { lt, or } from "drizzle-orm";
import type { Database } from "@/server/db/connect";
import { apiTokens, resetLinks, sessions } from "./table";

const keptMs = 90 * 86_400_000;

/** Removes sessions, API tokens and reset links that have ended more than 90 days ago. Whoever comes with one is a stranger anyway. */
export async function pruneEnded(db: Database, now: Date): Promise<void> {
  const before = new Date(now.getTime() - keptMs);
  await db.delete(sessions).where(or(lt(sessions.revokedAt, before), lt(sessions.expiresAt, before)));
  await db.delete(apiTokens).where(or(lt(apiTokens.revokedAt, before), lt(apiTokens.expiresAt, before)));
  await db.delete(resetLinks).where(lt(resetLinks.expiresAt, before));
}
