import { and, eq, isNull, lt } from "drizzle-orm";
import type { Database, Transaction } from "@/server/db/connect";
import { users } from "../../users/server/table";
import { recoveryCodes, userTotp } from "./table";

type Reader = Database | Transaction;
export type TotpRow = typeof userTotp.$inferSelect;

export async function findTotp(db: Reader, userId: string): Promise<TotpRow | null> {
  const [row] = await db.select().from(userTotp).where(eq(userTotp.userId, userId)).limit(1);
  return row ?? null;
}

/** Keeps a seed that waits for its first code, in place of any other that waits. */
export async function savePendingSeed(tx: Transaction, userId: string, pending: string): Promise<void> {
  await tx
    .insert(userTotp)
    .values({ userId, pending })
    .onConflictDoUpdate({ target: userTotp.userId, set: { pending } });
}

interface Confirmation {
  /** As it was read: of two confirmations at once one finds it. */
  pending: string;
  secret: string;
  step: number;
  now: Date;
}

/** Takes the waiting seed into use: true for exactly one caller. */
export async function confirmSeed(tx: Transaction, userId: string, given: Confirmation): Promise<boolean> {
  const rows = await tx
    .update(userTotp)
    .set({ secret: given.secret, pending: null, lastStep: given.step, confirmedAt: given.now })
    .where(and(eq(userTotp.userId, userId), eq(userTotp.pending, given.pending), isNull(userTotp.secret)))
    .returning({ userId: userTotp.userId });
  if (rows.length === 0) return false;
  await tx.update(users).set({ hasTotp: true }).where(eq(users.id, userId));
  return true;
}

/** Marks a step as used: true for exactly one caller, and for none once a later step has been used. */
export async function takeStep(db: Reader, row: Pick<TotpRow, "userId" | "secret">, step: number): Promise<boolean> {
  if (row.secret === null) return false;
  const rows = await db
    .update(userTotp)
    .set({ lastStep: step })
    .where(and(eq(userTotp.userId, row.userId), eq(userTotp.secret, row.secret), lt(userTotp.lastStep, step)))
    .returning({ userId: userTotp.userId });
  return rows.length === 1;
}

/** Uses up a recovery code: true for exactly one caller. */
export async function takeRecoveryCode(
  db: Reader,
  userId: string,
  used: { hash: string; now: Date },
): Promise<boolean> {
  const rows = await db
    .update(recoveryCodes)
    .set({ usedAt: used.now })
    .where(and(eq(recoveryCodes.userId, userId), eq(recoveryCodes.hash, used.hash), isNull(recoveryCodes.usedAt)))
    .returning({ id: recoveryCodes.id });
  return rows.length === 1;
}

export async function replaceRecoveryCodes(tx: Transaction, userId: string, hashes: readonly string[]): Promise<void> {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  await tx.insert(recoveryCodes).values(hashes.map((hash) => ({ userId, hash })));
}

/** Removes the app and the recovery codes; false when there was none. */
export async function removeTotp(tx: Transaction, userId: string): Promise<boolean> {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  const rows = await tx.delete(userTotp).where(eq(userTotp.userId, userId)).returning({ secret: userTotp.secret });
  await tx.update(users).set({ hasTotp: false }).where(eq(users.id, userId));
  return rows.some(({ secret }) => secret !== null);
}
