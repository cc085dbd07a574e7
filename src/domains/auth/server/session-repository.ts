import { and, desc, eq, gt, isNull, ne } from "drizzle-orm";
import type { Database, Transaction } from "@/server/db/connect";
import { type UserRow, users } from "../../users/server/table";
import type { EndReason } from "../end-reason";
import { findUserById } from "./repository";
import { sessions } from "./table";

type Reader = Database | Transaction;
export type SessionRow = typeof sessions.$inferSelect;

export async function insertSession(db: Reader, values: typeof sessions.$inferInsert): Promise<string> {
  const [row] = await db.insert(sessions).values(values).returning({ id: sessions.id });
  if (!row) throw new Error("insert returned no row");
  return row.id;
}

export async function touchSession(db: Reader, sessionId: string, now: Date): Promise<void> {
  await db.update(sessions).set({ lastSeenAt: now }).where(eq(sessions.id, sessionId));
}

export interface SessionEnd {
  now: Date;
  /** Kept as `revoked_for`. */
  reason: EndReason;
}

/** Ends every open session of the user, but `except`; returns their ids. */
export async function revokeSessionsOf(
  db: Reader,
  userId: string,
  { now, reason, except }: SessionEnd & { except?: string | undefined },
): Promise<string[]> {
  const others = except === undefined ? undefined : ne(sessions.id, except);
  const rows = await db
    .update(sessions)
    .set({ revokedAt: now, revokedFor: reason })
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt), others))
    .returning({ id: sessions.id });
  return rows.map((row) => row.id);
}

/** False unless it is an open session of this user. */
export async function revokeOwnSession(
  db: Reader,
  { userId, sessionId }: { userId: string; sessionId: string },
  { now, reason }: SessionEnd,
): Promise<boolean> {
  const rows = await db
    .update(sessions)
    .set({ revokedAt: now, revokedFor: reason })
    .where(
      and(
        eq(sessions.id, sessionId),
        eq(sessions.userId, userId),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, now),
      ),
    )
    .returning({ id: sessions.id });
  return rows.length === 1;
}

export function listOpenSessions(db: Reader, userId: string, now: Date): Promise<SessionRow[]> {
  return db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt), gt(sessions.expiresAt, now)))
    .orderBy(desc(sessions.createdAt));
}

/** Whose it was, or null when it had ended already. */
export async function revokeSession(
  db: Reader,
  sessionId: string,
  { now, reason }: SessionEnd,
): Promise<UserRow | null> {
  const [row] = await db
    .update(sessions)
    .set({ revokedAt: now, revokedFor: reason })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)))
    .returning({ userId: sessions.userId });
  if (!row) return null;
  return findUserById(db, row.userId);
}

/** An open session of an active account, held until the transaction ends. */
export async function lockSession(
  tx: Transaction,
  sessionId: string,
  now: Date,
): Promise<{ session: SessionRow; user: UserRow } | null> {
  const [row] = await tx
    .select({ session: sessions, user: users })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        eq(sessions.id, sessionId),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, now),
        eq(users.isActive, true),
      ),
    )
    .for("update", { of: sessions });
  return row ?? null;
}

/** The generation after the one given; null when that is not the session's present one. */
export async function nextGeneration(
  tx: Transaction,
  { sessionId, generation }: { sessionId: string; generation: number },
  values: { refreshAttempt: string | null; refreshedAt: Date; expiresAt: Date },
): Promise<number | null> {
  const [row] = await tx
    .update(sessions)
    .set({ ...values, generation: generation + 1, lastSeenAt: values.refreshedAt })
    .where(and(eq(sessions.id, sessionId), eq(sessions.generation, generation), isNull(sessions.revokedAt)))
    .returning({ generation: sessions.generation });
  return row?.generation ?? null;
}
