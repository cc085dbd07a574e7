import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Database, Transaction } from "@/server/db/connect";
import { servers } from "../../servers/server/table";
import type { Attachment, AttachmentState, GroupType } from "../contract";
import type { AttachedGroup } from "./desired-list";
import { groupPlayers, groupServers, groups } from "./table";

type Reader = Database | Transaction;

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
  const named = db.select().from(groupPlayers).where(inArray(groupPlayers.groupId, ids));
  const players = await named.orderBy(asc(groupPlayers.key));
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
