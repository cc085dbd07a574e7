import { and, asc, count, eq, gt, inArray, min, or, sql } from "drizzle-orm";
import type { Database, Transaction } from "@/server/db/connect";
import { users } from "../../users/server/table";
import type { AttachmentState, GroupPlayer, GroupSummary, GroupType } from "../contract";
import { keyOf } from "./plan-list";
import { appliedPlayers, type GroupPlayerRow, type GroupRow, groupPlayers, groupServers, groups } from "./table";

type Reader = Database | Transaction;

export type GroupRecord = GroupRow & { ownerName: string };

const selectGroups = (db: Reader) =>
  db.select({ row: groups, ownerName: users.username }).from(groups).innerJoin(users, eq(users.id, groups.ownerId));

export async function findGroup(db: Reader, groupId: string): Promise<GroupRecord | null> {
  const [found] = await selectGroups(db).where(eq(groups.id, groupId)).limit(1);
  return found ? { ...found.row, ownerName: found.ownerName } : null;
}

/** Holds the group until the transaction ends; null when there is none. */
export async function lockGroup(tx: Transaction, groupId: string): Promise<GroupRecord | null> {
  await tx.select({ id: groups.id }).from(groups).where(eq(groups.id, groupId)).for("update");
  return findGroup(tx, groupId);
}

interface Filter {
  /** Null: everybody's. */
  ownerId: string | null;
  type?: GroupType;
  serverId?: string;
}

/** By name; templates are everybody's to see. */
export async function listGroupSummaries(db: Reader, { ownerId, type, serverId }: Filter): Promise<GroupSummary[]> {
  const attachedHere = serverId
    ? inArray(
        groups.id,
        db.select({ id: groupServers.groupId }).from(groupServers).where(eq(groupServers.serverId, serverId)),
      )
    : undefined;
  const own = ownerId && !serverId ? or(eq(groups.ownerId, ownerId), groups.isTemplate) : undefined;
  const found = await selectGroups(db)
    .where(and(own, type ? eq(groups.type, type) : undefined, attachedHere))
    .orderBy(asc(sql`lower(${groups.name})`), asc(groups.id))
    .limit(1000);
  return toSummaries(
    db,
    found.map(({ row, ownerName }) => ({ ...row, ownerName })),
  );
}

async function toSummaries(db: Reader, found: readonly GroupRecord[]): Promise<GroupSummary[]> {
  const ids = found.map(({ id }) => id);
  const [players, states] = await Promise.all([
    db
      .select({ groupId: groupPlayers.groupId, n: count() })
      .from(groupPlayers)
      .where(inArray(groupPlayers.groupId, ids))
      .groupBy(groupPlayers.groupId),
    db
      .select({ groupId: groupServers.groupId, state: groupServers.state, n: count() })
      .from(groupServers)
      .where(inArray(groupServers.groupId, ids))
      .groupBy(groupServers.groupId, groupServers.state),
  ]);
  return found.map((group) => {
    const of = (state: AttachmentState) =>
      states.find((entry) => entry.groupId === group.id && entry.state === state)?.n ?? 0;
    return {
      ...group,
      playerCount: players.find(({ groupId }) => groupId === group.id)?.n ?? 0,
      servers: { synced: of("synced"), pending: of("pending"), failed: of("failed") },
    };
  });
}

export async function insertGroup(tx: Transaction, values: typeof groups.$inferInsert): Promise<GroupRow> {
  const [row] = await tx.insert(groups).values(values).returning();
  if (!row) throw new Error("insert returned no row");
  return row;
}

export async function updateGroupRow(
  tx: Transaction,
  groupId: string,
  values: Partial<typeof groups.$inferInsert>,
): Promise<void> {
  await tx.update(groups).set(values).where(eq(groups.id, groupId));
}

export async function deleteGroupRow(tx: Transaction, groupId: string): Promise<void> {
  await tx.delete(groups).where(eq(groups.id, groupId));
}

export async function listGroupPlayers(db: Reader, groupId: string): Promise<GroupPlayer[]> {
  const rows = await db
    .select()
    .from(groupPlayers)
    .where(eq(groupPlayers.groupId, groupId))
    .orderBy(asc(groupPlayers.key));
  return rows.map(({ groupId: _, key, ...player }) => player);
}

export type NewGroupPlayer = Omit<GroupPlayerRow, "groupId" | "key">;

/** Who is in already gets the new values; since when and by whom they are in stays. */
export async function putGroupPlayers(
  tx: Transaction,
  groupId: string,
  players: readonly NewGroupPlayer[],
): Promise<void> {
  if (players.length === 0) return;
  await tx
    .insert(groupPlayers)
    .values(players.map((player) => ({ ...player, groupId, key: keyOf(player.name) })))
    .onConflictDoUpdate({
      target: [groupPlayers.groupId, groupPlayers.key],
      set: {
        name: sql`excluded.name`,
        uuid: sql`coalesce(excluded.uuid, ${groupPlayers.uuid})`,
        level: sql`excluded.level`,
        reason: sql`excluded.reason`,
        expiresAt: sql`excluded.expires_at`,
      },
    });
}

export async function removeGroupPlayers(tx: Transaction, groupId: string, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await tx
    .delete(groupPlayers)
    .where(and(eq(groupPlayers.groupId, groupId), inArray(groupPlayers.key, names.map(keyOf))));
}

/** Servers with groups, or with players of groups that have gone. */
export async function listServersWithGroups(db: Reader): Promise<string[]> {
  const [attached, applied] = await Promise.all([
    db.selectDistinct({ serverId: groupServers.serverId }).from(groupServers),
    db.selectDistinct({ serverId: appliedPlayers.serverId }).from(appliedPlayers),
  ]);
  return [...new Set([...attached, ...applied].map(({ serverId }) => serverId))];
}

/** When the next ban of a group ends; null when none does. */
export async function nextBanEnd(db: Reader, after: Date): Promise<Date | null> {
  const [row] = await db
    .select({ at: min(groupPlayers.expiresAt) })
    .from(groupPlayers)
    .where(gt(groupPlayers.expiresAt, after));
  return row?.at ?? null;
}
