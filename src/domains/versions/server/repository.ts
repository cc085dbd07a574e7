import { and, count, desc, eq, inArray, lt, sql } from "drizzle-orm";
import type { Database, Transaction } from "@/server/db/connect";
import type { ServerType } from "../contract";
import {
  type VersionLogRow,
  type VersionRow,
  type VersionSourceRow,
  versionLog,
  versionSources,
  versions,
} from "./table";

type Reader = Database | Transaction;

/** Newest first. */
export async function listVersionRows(db: Reader, type: ServerType, version?: string): Promise<VersionRow[]> {
  return db
    .select()
    .from(versions)
    .where(and(eq(versions.type, type), version === undefined ? undefined : eq(versions.version, version)))
    .orderBy(desc(versions.sortKey))
    .limit(10_000);
}

/** Every build of these versions, in no order. */
export async function listRowsOfVersions(db: Reader, type: ServerType, ids: readonly string[]): Promise<VersionRow[]> {
  if (ids.length === 0) return [];
  return db
    .select()
    .from(versions)
    .where(and(eq(versions.type, type), inArray(versions.version, [...ids])));
}

/** Without a build: the newest stable one, else the newest. */
export async function findVersionRow(
  db: Reader,
  wanted: { type: ServerType; version: string; build?: string },
): Promise<VersionRow | null> {
  const [row] = await db
    .select()
    .from(versions)
    .where(
      and(
        eq(versions.type, wanted.type),
        eq(versions.version, wanted.version),
        wanted.build === undefined ? undefined : eq(versions.build, wanted.build),
      ),
    )
    .orderBy(desc(versions.stable), desc(versions.sortKey))
    .limit(1);
  return row ?? null;
}

/** Inserts new rows and overwrites those with the same type, version and build; `firstSeenAt` stays. */
export async function upsertVersionRows(db: Reader, rows: readonly (typeof versions.$inferInsert)[]): Promise<void> {
  if (rows.length === 0) return;
  const excluded = (column: string) => sql.raw(`excluded.${column}`);
  await db
    .insert(versions)
    .values([...rows])
    .onConflictDoUpdate({
      target: [versions.type, versions.version, versions.build],
      set: {
        channel: excluded("channel"),
        stable: excluded("stable"),
        javaMajor: excluded("java_major"),
        url: excluded("url"),
        form: excluded("form"),
        checksumAlgorithm: excluded("checksum_algorithm"),
        checksum: excluded("checksum"),
        sizeBytes: excluded("size_bytes"),
        releasedAt: excluded("released_at"),
        updatedAt: excluded("updated_at"),
        sortKey: excluded("sort_key"),
      },
    });
}

export async function deleteVersionRows(db: Reader, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await db.delete(versions).where(inArray(versions.id, [...ids]));
}

export async function insertVersionLog(db: Reader, rows: readonly (typeof versionLog.$inferInsert)[]): Promise<void> {
  if (rows.length > 0) await db.insert(versionLog).values([...rows]);
}

export interface VersionLogFilter {
  type?: ServerType;
  /** Only entries with a lower id. */
  before?: number;
  limit: number;
}

/** Newest first. */
export async function listVersionLog(db: Reader, filter: VersionLogFilter): Promise<VersionLogRow[]> {
  const { type, before, limit } = filter;
  return db
    .select()
    .from(versionLog)
    .where(
      and(
        type === undefined ? undefined : eq(versionLog.type, type),
        before === undefined ? undefined : lt(versionLog.id, before),
      ),
    )
    .orderBy(desc(versionLog.id))
    .limit(limit);
}

export async function findSource(db: Reader, type: ServerType): Promise<VersionSourceRow | null> {
  const [row] = await db.select().from(versionSources).where(eq(versionSources.type, type)).limit(1);
  return row ?? null;
}

export async function saveSource(
  db: Reader,
  type: ServerType,
  values: Partial<Omit<VersionSourceRow, "type">>,
): Promise<void> {
  await db
    .insert(versionSources)
    .values({ type, ...values })
    .onConflictDoUpdate({ target: versionSources.type, set: values });
}

export async function listSources(db: Reader): Promise<Omit<VersionSourceRow, "tags">[]> {
  const { type, lastSuccessAt, lastAttemptAt, lastError, etag } = versionSources;
  return db.select({ type, lastSuccessAt, lastAttemptAt, lastError, etag }).from(versionSources);
}

export async function countVersions(db: Reader): Promise<Map<ServerType, number>> {
  const rows = await db.select({ type: versions.type, count: count() }).from(versions).groupBy(versions.type);
  return new Map(rows.map((row) => [row.type, row.count]));
}
