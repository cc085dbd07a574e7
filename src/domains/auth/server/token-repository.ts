import { and, desc, eq, gt, isNull } from "drizzle-orm";
import type { Database, Transaction } from "@/server/db/connect";
import { apiTokens } from "./table";

type Reader = Database | Transaction;
export type TokenRow = typeof apiTokens.$inferSelect;

/** Ends every good API token of the user. */
export async function revokeTokensOf(db: Reader, userId: string, now: Date): Promise<void> {
  await db
    .update(apiTokens)
    .set({ revokedAt: now })
    .where(and(eq(apiTokens.userId, userId), isNull(apiTokens.revokedAt)));
}

export async function touchToken(
  db: Reader,
  tokenId: string,
  { now, address }: { now: Date; address: string },
): Promise<void> {
  await db.update(apiTokens).set({ lastUsedAt: now, lastUsedAddress: address }).where(eq(apiTokens.id, tokenId));
}

export async function insertToken(db: Reader, values: typeof apiTokens.$inferInsert): Promise<TokenRow> {
  const [row] = await db.insert(apiTokens).values(values).returning();
  if (!row) throw new Error("insert returned no row");
  return row;
}

export function listUnrevokedTokens(db: Reader, userId: string, expiringAfter: Date): Promise<TokenRow[]> {
  return db
    .select()
    .from(apiTokens)
    .where(and(eq(apiTokens.userId, userId), isNull(apiTokens.revokedAt), gt(apiTokens.expiresAt, expiringAfter)))
    .orderBy(desc(apiTokens.createdAt));
}

export function countGoodTokens(db: Reader, userId: string, now: Date): Promise<number> {
  const isGood = and(eq(apiTokens.userId, userId), isNull(apiTokens.revokedAt), gt(apiTokens.expiresAt, now));
  return db.$count(apiTokens, isGood);
}

/** Its name; null unless it is an unrevoked token of this user. */
export async function revokeOwnToken(
  db: Reader,
  { userId, tokenId }: { userId: string; tokenId: string },
  now: Date,
): Promise<string | null> {
  const [row] = await db
    .update(apiTokens)
    .set({ revokedAt: now })
    .where(and(eq(apiTokens.id, tokenId), eq(apiTokens.userId, userId), isNull(apiTokens.revokedAt)))
    .returning({ name: apiTokens.name });
  return row?.name ?? null;
}
