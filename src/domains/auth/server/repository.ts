import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Database, Transaction } from "@/server/db/connect";
import { serverMembers } from "../../servers/server/table";
import { type UserRow, users } from "../../users/server/table";
import type { Permission } from "../permissions";
import { apiTokens, recoveryCodes, sessions, setupLinks } from "./table";

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

export async function insertSession(db: Reader, values: typeof sessions.$inferInsert): Promise<string> {
  const [row] = await db.insert(sessions).values(values).returning({ id: sessions.id });
  if (!row) throw new Error("insert returned no row");
  return row.id;
}

/**
 * Notes the sign-in; false when the account was deactivated, or got another password or an authenticator app, since it was read. Whoever changes those
 * writes the same row, so that no session opens behind their back.
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
      ),
    )
    .returning({ id: users.id });
  return rows.length === 1;
}

/** Ends every open session of the user; returns their ids. */
export async function revokeSessionsOf(
  db: Reader,
  userId: string,
  { now, reason }: { now: Date; reason: string },
): Promise<string[]> {
  const rows = await db
    .update(sessions)
    .set({ revokedAt: now, revokedFor: reason })
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt)))
    .returning({ id: sessions.id });
  return rows.map((row) => row.id);
}

/** Ends every good API token of the user. */
export async function revokeTokensOf(db: Reader, userId: string, now: Date): Promise<void> {
  await db
    .update(apiTokens)
    .set({ revokedAt: now })
    .where(and(eq(apiTokens.userId, userId), isNull(apiTokens.revokedAt)));
}

/** Whose it was, or null when it had ended already. */
export async function revokeSession(
  db: Reader,
  sessionId: string,
  { now, reason }: { now: Date; reason: string },
): Promise<UserRow | null> {
  const [row] = await db
    .update(sessions)
    .set({ revokedAt: now, revokedFor: reason })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)))
    .returning({ userId: sessions.userId });
  if (!row) return null;
  const [user] = await db.select().from(users).where(eq(users.id, row.userId)).limit(1);
  return user ?? null;
}

/** Permissions by server, of the servers that are shared with the user in the outer query. */
type Shared = Record<string, Permission[]>;
const shared = sql<Shared>`coalesce((select json_object_agg(${serverMembers.serverId}, ${serverMembers.permissions})
  from ${serverMembers} where ${serverMembers.userId} = ${users.id}), '{}')`.mapWith((value) =>
  typeof value === "string" ? JSON.parse(value) : value,
);

export type SessionRow = typeof sessions.$inferSelect;

/** Reads a session and its user, when both are good at the instant of the call. */
export function prepareFindSessionUser(
  db: Database,
): (sessionId: string) => Promise<{ user: UserRow; session: SessionRow; shared: Shared } | null> {
  const query = db
    .select({ user: users, session: sessions, shared })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        eq(sessions.id, sql.placeholder("sessionId")),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, sql`now()`),
        eq(users.isActive, true),
      ),
    )
    .limit(1)
    .prepare("find_session_user");
  return async (sessionId) => (await query.execute({ sessionId }))[0] ?? null;
}

export type TokenRow = typeof apiTokens.$inferSelect;

/** Reads an API token and its user, when both are good at the instant of the call. */
export function prepareFindTokenUser(
  db: Database,
): (hash: string) => Promise<{ user: UserRow; token: TokenRow; shared: Shared } | null> {
  const query = db
    .select({ user: users, token: apiTokens, shared })
    .from(apiTokens)
    .innerJoin(users, eq(users.id, apiTokens.userId))
    .where(
      and(
        eq(apiTokens.hash, sql.placeholder("hash")),
        isNull(apiTokens.revokedAt),
        gt(apiTokens.expiresAt, sql`now()`),
        eq(users.isActive, true),
      ),
    )
    .limit(1)
    .prepare("find_token_user");
  return async (hash) => (await query.execute({ hash }))[0] ?? null;
}

export async function touchToken(db: Reader, tokenId: string, now: Date): Promise<void> {
  await db.update(apiTokens).set({ lastUsedAt: now }).where(eq(apiTokens.id, tokenId));
}

export async function insertToken(db: Reader, values: typeof apiTokens.$inferInsert): Promise<void> {
  await db.insert(apiTokens).values(values);
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

/** Consumes the link: true for exactly one caller. */
export async function useSetupLink(db: Reader, hash: string, now: Date): Promise<boolean> {
  const rows = await db
    .update(setupLinks)
    .set({ usedAt: now })
    .where(and(eq(setupLinks.hash, hash), isNull(setupLinks.usedAt), gt(setupLinks.expiresAt, now)))
    .returning({ hash: setupLinks.hash });
  return rows.length === 1;
}

export async function updatePreferences(
  db: Reader,
  userId: string,
  values: Partial<Pick<UserRow, "locale" | "theme" | "timeZone">>,
): Promise<void> {
  await db.update(users).set(values).where(eq(users.id, userId));
}
