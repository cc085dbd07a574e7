import { and, asc, desc, eq, inArray, lt, or, sql } from "drizzle-orm";
import { toStorableJson } from "@/lib/storable-text";
import type { Database, Transaction } from "@/server/db/connect";
import { users } from "../../users/server/table";
import type { TimelineEntry } from "../contract";
import { type ServerRow, serverPorts, servers, serverTimeline } from "./table";

type Reader = Database | Transaction;

/** A server's row with its owner's name. */
export type ServerRecord = ServerRow & { ownerName: string };

const selectServers = (db: Reader) =>
  db.select({ row: servers, ownerName: users.username }).from(servers).innerJoin(users, eq(users.id, servers.ownerId));

export async function listServerRecords(
  db: Reader,
  reach: { ownerId: string; serverIds: readonly string[] } | null,
): Promise<ServerRecord[]> {
  const rows = await selectServers(db)
    .where(reach ? or(eq(servers.ownerId, reach.ownerId), inArray(servers.id, [...reach.serverIds])) : undefined)
    .orderBy(asc(sql`lower(${servers.name})`), asc(servers.id))
    .limit(1000);
  return rows.map(({ row, ownerName }) => ({ ...row, ownerName }));
}

export async function findServerRecord(db: Reader, serverId: string): Promise<ServerRecord | null> {
  const [found] = await selectServers(db).where(eq(servers.id, serverId)).limit(1);
  return found ? { ...found.row, ownerName: found.ownerName } : null;
}

export async function insertServer(db: Reader, values: typeof servers.$inferInsert): Promise<void> {
  await db.insert(servers).values(values);
}

export async function updateServerRow(
  db: Reader,
  serverId: string,
  values: Partial<typeof servers.$inferInsert>,
): Promise<void> {
  await db.update(servers).set(values).where(eq(servers.id, serverId));
}

export async function deleteServerRow(db: Reader, serverId: string): Promise<void> {
  await db.delete(servers).where(eq(servers.id, serverId));
  await db.delete(serverPorts).where(eq(serverPorts.holder, serverId));
}

/** A number that no server has ever had, from the column's own sequence. */
export async function nextUidNumber(db: Reader): Promise<number> {
  const rows = await db.execute<{ value: string }>(
    sql`select nextval(pg_get_serial_sequence('servers', 'uid_number')) as value`,
  );
  return Number(rows[0]?.value);
}

export async function listSlugsLike(db: Reader, base: string): Promise<string[]> {
  const rows = await db
    .select({ slug: servers.slug })
    .from(servers)
    .where(sql`${servers.slug} = ${base} or ${servers.slug} ~ ${`^${base}-[0-9]+$`}`);
  return rows.map((row) => row.slug);
}

export interface PortHolder {
  port: number;
  holder: string;
  purpose: "game" | "rcon" | "management";
  /** Null while the server is still being created. */
  name: string | null;
}

export async function listPorts(db: Reader): Promise<PortHolder[]> {
  return db
    .select({ port: serverPorts.port, holder: serverPorts.holder, purpose: serverPorts.purpose, name: servers.name })
    .from(serverPorts)
    .leftJoin(servers, eq(servers.id, serverPorts.holder));
}

/** True when the port was free and is now the holder's. */
export async function takePort(db: Reader, values: typeof serverPorts.$inferInsert): Promise<boolean> {
  const rows = await db.insert(serverPorts).values(values).onConflictDoNothing().returning({ port: serverPorts.port });
  return rows.length === 1;
}

export async function releasePort(db: Reader, port: number, holder: string): Promise<void> {
  await db.delete(serverPorts).where(and(eq(serverPorts.port, port), eq(serverPorts.holder, holder)));
}

export async function releasePortsOf(db: Reader, holder: string): Promise<void> {
  await db.delete(serverPorts).where(eq(serverPorts.holder, holder));
}

/** Ports whose server does not exist. */
export async function releaseOrphanedPorts(db: Reader): Promise<void> {
  await db
    .delete(serverPorts)
    .where(sql`not exists (select 1 from ${servers} where ${servers.id} = ${serverPorts.holder})`);
}

export async function insertTimeline(db: Reader, values: typeof serverTimeline.$inferInsert): Promise<TimelineEntry> {
  const detail = toStorableJson(values.detail);
  const [row] = await db
    .insert(serverTimeline)
    .values({ ...values, detail })
    .returning();
  if (!row) throw new Error("insert returned no row");
  return toEntry(row);
}

export async function listTimeline(
  db: Reader,
  serverId: string,
  limit: number,
  before?: bigint,
): Promise<TimelineEntry[]> {
  const rows = await db
    .select()
    .from(serverTimeline)
    .where(and(eq(serverTimeline.serverId, serverId), before === undefined ? undefined : lt(serverTimeline.id, before)))
    .orderBy(desc(serverTimeline.id))
    .limit(limit);
  return rows.map(toEntry);
}

function toEntry(row: typeof serverTimeline.$inferSelect): TimelineEntry {
  return { id: String(row.id), at: row.at, kind: row.kind, from: row.from, to: row.to, by: row.by, detail: row.detail };
}
