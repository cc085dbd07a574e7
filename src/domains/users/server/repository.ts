import { and, asc, desc, eq, getTableColumns, gt, isNull, ne, type SQL, sql } from "drizzle-orm";
import type { Database, Transaction } from "@/server/db/connect";
import type { Role } from "../../auth/permissions";
import { resetLinks, sessions } from "../../auth/server/table";
import { noLimits, type User, type UserState, userStateOf } from "../contract";
import { type UserRow, users } from "./table";

type Reader = Database | Transaction;

/** A user's row with how many servers are theirs. */
export type UserRecord = UserRow & { serverCount: number };

// Written out: drizzle leaves the tables' names away in a select of one table.
const serverCount = sql<number>`(select count(*) from servers where servers.owner_id = users.id)`.mapWith(Number);
const selectUsers = (db: Reader) => db.select({ ...getTableColumns(users), serverCount }).from(users);

const stateConditions: Readonly<Record<UserState, SQL | undefined>> = {
  waiting: and(eq(users.isActive, true), eq(users.isApproved, false)),
  active: and(eq(users.isActive, true), eq(users.isApproved, true)),
  deactivated: and(eq(users.isActive, false), eq(users.isApproved, true)),
  rejected: and(eq(users.isActive, false), eq(users.isApproved, false)),
};

/** By name, from after the cursor (a name) on. */
export function listUserRecords(
  db: Reader,
  filter: { search?: string; role?: Role; state?: UserState; cursor?: string; limit: number },
): Promise<UserRecord[]> {
  const { search, role, state, cursor, limit } = filter;
  const name = sql`lower(${users.username})`;
  return selectUsers(db)
    .where(
      and(
        search ? sql`position(lower(${search}) in ${name}) > 0` : undefined,
        role ? eq(users.role, role) : undefined,
        state ? stateConditions[state] : undefined,
        cursor ? gt(name, sql`lower(${cursor})`) : undefined,
      ),
    )
    .orderBy(asc(name))
    .limit(limit);
}

export async function findUserRecord(db: Reader, userId: string): Promise<UserRecord | null> {
  const [row] = await selectUsers(db).where(eq(users.id, userId)).limit(1);
  return row ?? null;
}

/** Holds the row until the transaction ends. */
export async function lockUserRow(tx: Transaction, userId: string): Promise<UserRow | null> {
  const [row] = await tx.select().from(users).where(eq(users.id, userId)).for("update");
  return row ?? null;
}

export async function insertUserRow(tx: Transaction, values: typeof users.$inferInsert): Promise<string> {
  const [row] = await tx.insert(users).values(values).returning({ id: users.id });
  if (!row) throw new Error("insert returned no row");
  return row.id;
}

export async function updateUserRow(
  tx: Transaction,
  userId: string,
  values: Partial<typeof users.$inferInsert>,
): Promise<void> {
  await tx.update(users).set(values).where(eq(users.id, userId));
}

export async function deleteUserRow(tx: Transaction, userId: string): Promise<void> {
  await tx.delete(users).where(eq(users.id, userId));
}

/** Active and approved administrators beside this one. */
export function countOtherAdministrators(tx: Transaction, userId: string): Promise<number> {
  return tx.$count(users, and(eq(users.role, "admin"), stateConditions.active, ne(users.id, userId)));
}

export function countWaiting(db: Reader): Promise<number> {
  return db.$count(users, stateConditions.waiting);
}

export function toUser(record: UserRecord): User {
  return {
    id: record.id,
    username: record.username,
    role: record.role,
    state: userStateOf(record),
    isApproved: record.isApproved,
    isActive: record.isActive,
    granted: record.granted,
    denied: record.denied,
    limits: { ...noLimits, ...record.limits },
    hasTotp: record.hasTotp,
    hasPasskey: record.hasPasskey,
    serverCount: record.serverCount,
    createdAt: record.createdAt,
    lastSignInAt: record.lastSignInAt,
  };
}

export async function insertResetLink(tx: Transaction, values: typeof resetLinks.$inferInsert): Promise<void> {
  await tx.insert(resetLinks).values(values);
}

export function listOpenSessions(db: Reader, userId: string, now: Date): Promise<(typeof sessions.$inferSelect)[]> {
  return db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt), gt(sessions.expiresAt, now)))
    .orderBy(desc(sessions.createdAt))
    .limit(200);
}

/** The ids of those that were open: one, or all of the user's. */
export async function revokeOpenSessions(
  tx: Transaction,
  { userId, sessionId, now }: { userId: string; sessionId?: string; now: Date },
): Promise<string[]> {
  const rows = await tx
    .update(sessions)
    .set({ revokedAt: now, revokedFor: "ended" })
    .where(
      and(eq(sessions.userId, userId), isNull(sessions.revokedAt), sessionId ? eq(sessions.id, sessionId) : undefined),
    )
    .returning({ id: sessions.id });
  return rows.map((row) => row.id);
}
