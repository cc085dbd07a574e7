import { and, desc, eq, ilike, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Database, Transaction } from "@/server/db/connect";
import { servers } from "../../servers/server/table";
import type { EndedStay, OpenStay, StayChanges } from "./settle-sessions";
import { type KnownPlayerRow, knownPlayers, type PlayerSessionRow, playerLogMarks, playerSessions } from "./table";

type Reader = Database | Transaction;

/** Where to read a log on, and when the line before was written. */
export interface LogMark {
  next: number;
  at: Date;
}

export async function listMarks(db: Reader): Promise<Map<string, LogMark>> {
  const rows = await db.select().from(playerLogMarks);
  return new Map(rows.map(({ serverId, next, at }) => [serverId, { next, at }]));
}

export async function findMark(db: Reader, serverId: string): Promise<LogMark | null> {
  const [row] = await db.select().from(playerLogMarks).where(eq(playerLogMarks.serverId, serverId));
  return row ? { next: row.next, at: row.at } : null;
}

export async function listOpenStays(db: Reader, serverId?: string): Promise<(OpenStay & { serverId: string })[]> {
  const rows = await db
    .select()
    .from(playerSessions)
    .where(and(isNull(playerSessions.leftAt), serverId ? eq(playerSessions.serverId, serverId) : undefined));
  return rows.map(({ id, serverId, name, uuid, joinedAt, seenAt }) => ({ id, serverId, name, uuid, joinedAt, seenAt }));
}

/**
 * Stores what was read, and how far, in one transaction. `isRepeated`: it was tried before and nobody knows how that ended; then a mark that
 * stands says that it was stored.
 */
export function storeStays(
  db: Database,
  serverId: string,
  { changes, mark, isRepeated }: { changes: StayChanges; mark: LogMark | null; isRepeated: boolean },
): Promise<void> {
  return db.transaction(async (tx) => {
    if (mark && isRepeated && (await findMark(tx, serverId))?.next === mark.next) return;
    for (const { name, uuid, at } of changes.known) await rememberPlayer(tx, { name, uuid, seenAt: at });
    for (const stay of changes.ended) await storeEnd(tx, serverId, stay);
    if (changes.opened.length > 0) {
      const rows = changes.opened.map(({ name, uuid, joinedAt, seenAt }) => ({
        serverId,
        name,
        uuid,
        joinedAt,
        seenAt,
      }));
      await tx.insert(playerSessions).values(rows).onConflictDoNothing();
    }
    if (!mark) return;
    const target = playerLogMarks.serverId;
    await tx
      .insert(playerLogMarks)
      .values({ serverId, ...mark })
      .onConflictDoUpdate({ target, set: mark });
  });
}

async function storeEnd(tx: Transaction, serverId: string, stay: EndedStay): Promise<void> {
  const { id, name, uuid, joinedAt, seenAt, leftAt, endedBy } = stay;
  if (id === null) {
    await tx.insert(playerSessions).values({ serverId, name, uuid, joinedAt, seenAt, leftAt, endedBy });
    return;
  }
  await tx
    .update(playerSessions)
    .set({ uuid, seenAt, leftAt, endedBy })
    .where(and(eq(playerSessions.id, id), isNull(playerSessions.leftAt)));
}

/** They are still there: should nobody see them leave, this is when they were last seen. */
export async function touchStays(db: Reader, serverIds: readonly string[], at: Date): Promise<void> {
  if (serverIds.length === 0) return;
  await db
    .update(playerSessions)
    .set({ seenAt: at })
    .where(and(isNull(playerSessions.leftAt), inArray(playerSessions.serverId, [...serverIds])));
}

/** A UUID of version 3 is made from the name, as servers in offline mode do; Mojang's are of version 4. */
export function isComputedUuid(uuid: string): boolean {
  return uuid[14] === "3";
}

export async function rememberPlayer(
  db: Reader,
  { name, uuid, seenAt }: { name: string; uuid: string; seenAt: Date },
): Promise<void> {
  await db
    .insert(knownPlayers)
    .values({ name, uuid, seenAt, isOffline: isComputedUuid(uuid) })
    .onConflictDoUpdate({ target: knownPlayers.uuid, set: { name, seenAt } });
}

/** Who bears these names, as known newest; names in lower case. */
export async function findKnownByName(db: Reader, names: readonly string[]): Promise<Map<string, KnownPlayerRow>> {
  if (names.length === 0) return new Map();
  const rows = await db
    .select()
    .from(knownPlayers)
    .where(and(eq(knownPlayers.isOffline, false), inArray(sql`lower(${knownPlayers.name})`, [...names])))
    .orderBy(knownPlayers.seenAt);
  return new Map(rows.map((row) => [row.name.toLowerCase(), row]));
}

export type Reached = { ownerId: string; serverIds: readonly string[] } | null;

const within = (reach: Reached) =>
  reach ? or(eq(servers.ownerId, reach.ownerId), inArray(servers.id, [...reach.serverIds])) : undefined;

export interface Searched {
  reach: Reached;
  serverId?: string;
  search?: string;
}

const matching = ({ reach, serverId, search }: Searched): SQL | undefined =>
  and(
    within(reach),
    serverId ? eq(playerSessions.serverId, serverId) : undefined,
    search ? ilike(playerSessions.name, `%${search.replace(/[\\%_]/g, "\\$&")}%`) : undefined,
  );

/** Newest first. */
export async function listSessions(
  db: Reader,
  page: Searched & { before?: { joinedAt: Date; id: number }; limit: number },
): Promise<(PlayerSessionRow & { serverName: string })[]> {
  const { before, limit } = page;
  const older = before
    ? sql`(${playerSessions.joinedAt}, ${playerSessions.id}) < (${before.joinedAt.toISOString()}::timestamptz, ${before.id}::bigint)`
    : undefined;
  const rows = await db
    .select({ row: playerSessions, serverName: servers.name })
    .from(playerSessions)
    .innerJoin(servers, eq(servers.id, playerSessions.serverId))
    .where(and(matching(page), older))
    .orderBy(desc(playerSessions.joinedAt), desc(playerSessions.id))
    .limit(limit);
  return rows.map(({ row, serverName }) => ({ ...row, serverName }));
}

/** Per player, who played longest first. */
export function sumSessions(db: Reader, { now, limit, ...searched }: Searched & { now: Date; limit: number }) {
  const until = sql`coalesce(${playerSessions.leftAt}, ${now.toISOString()}::timestamptz)`;
  const seconds = sql<number>`coalesce(sum(greatest(0, extract(epoch from ${until} - ${playerSessions.joinedAt}))), 0)`;
  return db
    .select({
      name: playerSessions.name,
      uuid: sql<
        string | null
      >`(array_agg(${playerSessions.uuid} order by ${playerSessions.joinedAt} desc) filter (where ${playerSessions.uuid} is not null))[1]`,
      sessions: sql<number>`count(*)`.mapWith(Number),
      seconds: seconds.mapWith((value) => Math.round(Number(value))),
      firstSeen: sql<Date>`min(${playerSessions.joinedAt})`.mapWith(playerSessions.joinedAt),
      lastSeen: sql<Date>`max(coalesce(${playerSessions.leftAt}, ${playerSessions.seenAt}))`.mapWith(
        playerSessions.joinedAt,
      ),
      isOnline: sql<boolean>`bool_or(${playerSessions.leftAt} is null)`,
    })
    .from(playerSessions)
    .innerJoin(servers, eq(servers.id, playerSessions.serverId))
    .where(matching(searched))
    .groupBy(playerSessions.name)
    .orderBy(desc(seconds), playerSessions.name)
    .limit(limit);
}

export function listPresent(db: Reader, { reach, serverId }: Searched) {
  return db
    .select({
      serverId: playerSessions.serverId,
      name: playerSessions.name,
      uuid: playerSessions.uuid,
      joinedAt: playerSessions.joinedAt,
    })
    .from(playerSessions)
    .innerJoin(servers, eq(servers.id, playerSessions.serverId))
    .where(and(isNull(playerSessions.leftAt), matching({ reach, serverId })))
    .orderBy(playerSessions.name);
}
