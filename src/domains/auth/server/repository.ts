import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Database, Transaction } from "@/server/db/connect";
import { type UserRow, users } from "../../users/server/table";
import { recoveryCodes, resetLinks, setupLinks } from "./table";

type Reader = Database | Transaction;

export async function findUserByName(db: Reader, username: string): Promise<UserRow | null> {
  const [row] = await db
    .select()
    .from(users)
    .where(eq(sql`lower(${users.username})`, username.toLowerCase()))
    .limit(1);
  return row ?? null;
}

export async function findUserById(db: Reader, userId: string): Promise<UserRow | null> {
  const [row] = await db.select().from(users).where(eq(users.id, userId)).limit(1);
  return row ?? null;
}

/** The same, held until the transaction ends: changes to one person's factors follow each other. */
export async function lockUser(tx: Transaction, userId: string): Promise<UserRow | null> {
  const [row] = await tx.select().from(users).where(eq(users.id, userId)).limit(1).for("update");
  return row ?? null;
}

export async function hasAdministrator(db: Reader): Promise<boolean> {
  const rows = await db.select({ id: users.id }).from(users).where(eq(users.role, "admin")).limit(1);
  return rows.length > 0;
}

export async function insertUser(db: Reader, values: typeof users.$inferInsert): Promise<UserRow> {
  const [row] = await db.insert(users).values(values).returning();
  if (!row) throw new Error("insert returned no row");
  return row;
}

/** Null when the name is taken, in whatever case. */
export async function insertUserIfFree(db: Reader, values: typeof users.$inferInsert): Promise<UserRow | null> {
  const [row] = await db.insert(users).values(values).onConflictDoNothing().returning();
  return row ?? null;
}

/** False when the password is not the one of the row given any more. */
export async function replacePassword(tx: Transaction, user: UserRow, passwordHash: string): Promise<boolean> {
  const rows = await tx
    .update(users)
    .set({ passwordHash, updatedAt: sql`now()` })
    .where(and(eq(users.id, user.id), eq(users.passwordHash, user.passwordHash)))
    .returning({ id: users.id });
  return rows.length === 1;
}

/**
 * Notes the sign-in; false when the account was deactivated, or got another password or other factors, since it was read.
 * Whoever changes those writes the same row, so that no session opens behind their back.
 */
export async function markSignedIn(tx: Transaction, user: UserRow, now: Date): Promise<boolean> {
  const rows = await tx
    .update(users)
    .set({ lastSignInAt: now })
    .where(
      and(
        eq(users.id, user.id),
        eq(users.isActive, true),
        eq(users.passwordHash, user.passwordHash),
        eq(users.hasTotp, user.hasTotp),
        eq(users.hasPasskey, user.hasPasskey),
      ),
    )
    .returning({ id: users.id });
  return rows.length === 1;
}

/** Whose password an open link of an active account may set. */
export async function findResetLink(
  db: Reader,
  hash: string,
  now: Date,
): Promise<{ userId: string; username: string } | null> {
  const [row] = await db
    .select({ userId: users.id, username: users.username })
    .from(resetLinks)
    .innerJoin(users, eq(users.id, resetLinks.userId))
    .where(
      and(
        eq(resetLinks.hash, hash),
        isNull(resetLinks.usedAt),
        gt(resetLinks.expiresAt, now),
        eq(users.isActive, true),
      ),
    )
    .limit(1);
  return row ?? null;
}

/** Consumes the link: true for exactly one caller. */
export async function consumeResetLink(db: Reader, hash: string, now: Date): Promise<boolean> {
  const rows = await db
    .update(resetLinks)
    .set({ usedAt: now })
    .where(and(eq(resetLinks.hash, hash), isNull(resetLinks.usedAt), gt(resetLinks.expiresAt, now)))
    .returning({ hash: resetLinks.hash });
  return rows.length === 1;
}

/** How many have not been used. */
export function countRecoveryCodes(db: Reader, userId: string): Promise<number> {
  return db.$count(recoveryCodes, and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt)));
}

/** Replaces any open setup link. */
export async function replaceSetupLink(db: Reader, values: typeof setupLinks.$inferInsert): Promise<void> {
  await db.delete(setupLinks).where(isNull(setupLinks.usedAt));
  await db.insert(setupLinks).values(values);
}

export async function isSetupLinkOpen(db: Reader, hash: string, now: Date): Promise<boolean> {
  return (await db.$count(setupLinks, openSetupLink(hash, now))) > 0;
}

/** Consumes the link: true for exactly one caller. */
export async function useSetupLink(db: Reader, hash: string, now: Date): Promise<boolean> {
  const rows = await db
    .update(setupLinks)
    .set({ usedAt: now })
    .where(openSetupLink(hash, now))
    .returning({ hash: setupLinks.hash });
  return rows.length === 1;
}

function openSetupLink(hash: string, now: Date) {
  return and(eq(setupLinks.hash, hash), isNull(setupLinks.usedAt), gt(setupLinks.expiresAt, now));
}

export async function updatePreferences(
  db: Reader,
  userId: string,
  values: Partial<Pick<UserRow, "locale" | "theme" | "timeZone">>,
): Promise<void> {
  await db.update(users).set(values).where(eq(users.id, userId));
}
