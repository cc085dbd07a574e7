import { and, asc, count, eq, gt, inArray, min, or, sql } from "drizzle-orm";
import type { Database, Transaction } from "@/server/db/connect";
import { servers } from "../../servers/server/table";
import { users } from "../../users/server/table";
import type { Attachment, AttachmentState, GroupPlayer, GroupSummary, GroupType } from "../contract";
import type { AttachedGroup } from "./desired-list";
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

/** With the owner of each server, to tell who reaches it. */
export async function listAttachments(
  db: Reader,
  groupId: string,
): Promise<(Attachment & { serverOwnerId: string })[]> {
  return db
    .select({
      serverId: groupServers.serverId,
      serverName: servers.name,
      serverOwnerId: servers.ownerId,
      priority: groupServers.priority,
      state: groupServers.state,
      lastError: groupServers.lastError,
      syncedAt: groupServers.syncedAt,
      attachedAt: groupServers.attachedAt,
    })
    .from(groupServers)
    .innerJoin(servers, eq(servers.id, groupServers.serverId))
    .where(eq(groupServers.groupId, groupId))
    .orderBy(asc(sql`lower(${servers.name})`), asc(servers.id));
}

export async function putAttachment(
  tx: Transaction,
  values: { groupId: string; serverId: string; priority: number | undefined; attachedAt: Date },
): Promise<void> {
  const { priority } = values;
  await tx
    .insert(groupServers)
    .values({ ...values, priority: priority ?? 0 })
    .onConflictDoUpdate({
      target: [groupServers.groupId, groupServers.serverId],
      set: { state: "pending", lastError: null, ...(priority === undefined ? {} : { priority }) },
    });
}

/** True when it was attached. */
export async function deleteAttachment(tx: Transaction, groupId: string, serverId: string): Promise<boolean> {
  const rows = await tx
    .delete(groupServers)
    .where(and(eq(groupServers.groupId, groupId), eq(groupServers.serverId, serverId)))
    .returning({ id: groupServers.groupId });
  return rows.length > 0;
}

/** What the group has come to want has yet to reach these servers. Returns all of them, or the one. */
export async function markPending(tx: Transaction, groupId: string, serverId?: string): Promise<string[]> {
  const rows = await tx
    .update(groupServers)
    .set({ state: "pending", lastError: null })
    .where(and(eq(groupServers.groupId, groupId), serverId ? eq(groupServers.serverId, serverId) : undefined))
    .returning({ serverId: groupServers.serverId });
  return rows.map((row) => row.serverId);
}

export interface ServerGroup extends AttachedGroup {
  type: GroupType;
  name: string;
  ownerId: string;
  state: AttachmentState;
  lastError: { code: string; message: string } | null;
}

/** The groups of a server with their players. `isHeld`: they are kept from changing until the transaction ends. */
export async function listServerGroups(db: Reader, serverId: string, isHeld = false): Promise<ServerGroup[]> {
  if (isHeld) {
    const held = db.select({ id: groupServers.groupId }).from(groupServers).where(eq(groupServers.serverId, serverId));
    await held.orderBy(asc(groupServers.groupId)).for("update");
  }
  const found = await db
    .select({ attached: groupServers, type: groups.type, name: groups.name, ownerId: groups.ownerId })
    .from(groupServers)
    .innerJoin(groups, eq(groups.id, groupServers.groupId))
    .where(eq(groupServers.serverId, serverId));
  const ids = found.map(({ attached }) => attached.groupId);
  const players = await db.select().from(groupPlayers).where(inArray(groupPlayers.groupId, ids));
  return found.map(({ attached, ...group }) => ({
    ...group,
    groupId: attached.groupId,
    priority: attached.priority,
    attachedAt: attached.attachedAt,
    state: attached.state,
    lastError: attached.lastError,
    players: players.filter(({ groupId }) => groupId === attached.groupId),
  }));
}

export async function setAttachmentState(
  tx: Transaction,
  {
    groupId,
    serverId,
    ...values
  }: Pick<ServerGroup, "groupId" | "state" | "lastError"> & {
    serverId: string;
    syncedAt?: Date;
  },
): Promise<void> {
  await tx
    .update(groupServers)
    .set(values)
    .where(and(eq(groupServers.groupId, groupId), eq(groupServers.serverId, serverId)));
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
