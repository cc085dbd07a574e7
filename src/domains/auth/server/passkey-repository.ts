import { and, asc, eq, exists, lt, sql } from "drizzle-orm";
import type { Database, Transaction } from "@/server/db/connect";
import { type UserRow, users } from "../../users/server/table";
import { passkeyChallenges, passkeys } from "./table";

type Reader = Database | Transaction;
export type PasskeyRow = typeof passkeys.$inferSelect;
type Challenge = typeof passkeyChallenges.$inferSelect;

export function findPasskeys(db: Reader, userId: string): Promise<PasskeyRow[]> {
  return db.select().from(passkeys).where(eq(passkeys.userId, userId)).orderBy(asc(passkeys.createdAt));
}

/** Whose it is, by the credential that the browser names. */
export async function findPasskeyUser(
  db: Reader,
  credentialId: string,
): Promise<{ passkey: PasskeyRow; user: UserRow } | null> {
  const [row] = await db
    .select({ passkey: passkeys, user: users })
    .from(passkeys)
    .innerJoin(users, eq(users.id, passkeys.userId))
    .where(eq(passkeys.credentialId, credentialId))
    .limit(1);
  return row ?? null;
}

/** False when this credential is known already, whoever's it is. */
export async function insertPasskey(tx: Transaction, values: typeof passkeys.$inferInsert): Promise<string | null> {
  const [row] = await tx.insert(passkeys).values(values).onConflictDoNothing().returning({ id: passkeys.id });
  if (row) await tx.update(users).set({ hasPasskey: true }).where(eq(users.id, values.userId));
  return row?.id ?? null;
}

export async function renamePasskeyRow(
  tx: Transaction,
  { userId, id, name }: { userId: string; id: string; name: string },
): Promise<PasskeyRow | null> {
  const [row] = await tx
    .update(passkeys)
    .set({ name })
    .where(and(eq(passkeys.id, id), eq(passkeys.userId, userId)))
    .returning();
  return row ?? null;
}

/** Removes one of the user's, or all of them; returns their names. Lock the user first. */
export async function removePasskeys(tx: Transaction, userId: string, id?: string): Promise<string[]> {
  const rows = await tx
    .delete(passkeys)
    .where(and(eq(passkeys.userId, userId), id === undefined ? undefined : eq(passkeys.id, id)))
    .returning({ name: passkeys.name });
  const any = tx.select({ one: sql`1` }).from(passkeys).where(eq(passkeys.userId, userId));
  await tx
    .update(users)
    .set({ hasPasskey: sql`${exists(any)}` })
    .where(eq(users.id, userId));
  return rows.map(({ name }) => name);
}

interface Use {
  counter: number;
  isBackedUp: boolean;
  now: Date;
}

/** Notes a use; false when the counter has moved since the row was read, or the passkey was removed. */
export async function markPasskeyUsed(db: Reader, { id, counter }: PasskeyRow, use: Use): Promise<boolean> {
  const rows = await db
    .update(passkeys)
    .set({ counter: use.counter, isBackedUp: use.isBackedUp, lastUsedAt: use.now })
    .where(and(eq(passkeys.id, id), eq(passkeys.counter, counter)))
    .returning({ id: passkeys.id });
  return rows.length === 1;
}

export async function insertChallenge(db: Reader, values: typeof passkeyChallenges.$inferInsert): Promise<string> {
  const [row] = await db.insert(passkeyChallenges).values(values).returning({ id: passkeyChallenges.id });
  if (!row) throw new Error("insert returned no row");
  return row.id;
}

/** Takes the challenge out: it is handed to exactly one caller, also when the answer to it turns out wrong. */
export async function takeChallenge(db: Reader, id: string): Promise<Challenge | null> {
  const [row] = await db.delete(passkeyChallenges).where(eq(passkeyChallenges.id, id)).returning();
  return row ?? null;
}

/** Those that nobody answered in time. */
export async function removeOldChallenges(db: Reader, now: Date): Promise<void> {
  await db.delete(passkeyChallenges).where(lt(passkeyChallenges.expiresAt, now));
}
