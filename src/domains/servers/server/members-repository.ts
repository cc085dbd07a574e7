import { and, asc, eq, sql } from "drizzle-orm";
import type { Database, Transaction } from "@/server/db/connect";
import { type UserRow, users } from "../../users/server/table";
import type { Member } from "../members-contract";
import { serverMembers, servers } from "./table";

type Reader = Database | Transaction;

const selectMembers = (db: Reader) =>
  db
    .select({
      userId: serverMembers.userId,
      username: users.username,
      permissions: serverMembers.permissions,
      addedBy: serverMembers.addedBy,
      createdAt: serverMembers.createdAt,
    })
    .from(serverMembers)
    .innerJoin(users, eq(users.id, serverMembers.userId));

/** With whom a server is shared, by name. */
export function listMemberRows(db: Reader, serverId: string): Promise<Member[]> {
  return selectMembers(db)
    .where(eq(serverMembers.serverId, serverId))
    .orderBy(asc(sql`lower(${users.username})`));
}

export async function findMemberRow(db: Reader, serverId: string, userId: string): Promise<Member | null> {
  const [row] = await selectMembers(db).where(
    and(eq(serverMembers.serverId, serverId), eq(serverMembers.userId, userId)),
  );
  return row ?? null;
}

export async function upsertMember(tx: Transaction, values: typeof serverMembers.$inferInsert): Promise<void> {
  await tx
    .insert(serverMembers)
    .values(values)
    .onConflictDoUpdate({
      target: [serverMembers.serverId, serverMembers.userId],
      set: { permissions: values.permissions },
    });
}

export async function deleteMember(tx: Transaction, serverId: string, userId: string): Promise<void> {
  await tx.delete(serverMembers).where(and(eq(serverMembers.serverId, serverId), eq(serverMembers.userId, userId)));
}

/**
 * Holds the server's row, so that its owner stays who it is until the transaction ends. Rows of users are locked before those
 * of servers, here as everywhere.
 */
export async function lockServer(tx: Transaction, serverId: string): Promise<boolean> {
  const rows = await tx.select({ id: servers.id }).from(servers).where(eq(servers.id, serverId)).for("update");
  return rows.length === 1;
}

/** Somebody who can sign in and is let in, whose account stays until the transaction ends. */
export async function lockActiveUser(tx: Transaction, username: string): Promise<UserRow | null> {
  const [row] = await tx
    .select()
    .from(users)
    .where(
      and(
        eq(sql`lower(${users.username})`, username.toLowerCase()),
        eq(users.isActive, true),
        eq(users.isApproved, true),
      ),
    )
    .for("share");
  return row ?? null;
}
