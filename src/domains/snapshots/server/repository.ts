import { and, desc, eq, inArray, lt, ne, or, sql } from "drizzle-orm";
import { toStorableJson } from "@/lib/storable-text";
import type { Database, Transaction } from "@/server/db/connect";
import type { Snapshot, SnapshotResource, SnapshotType } from "../contract";
import { type SnapshotRow, snapshotCounters, snapshots } from "./table";

type Reader = Database | Transaction;
type Insert = Omit<typeof snapshots.$inferInsert, "version">;

/** Writes the row with the resource's next version number: none is left out and none given twice, however many do it at once. */
export async function insertSnapshot(tx: Transaction, values: Insert): Promise<SnapshotRow> {
  const { serverId, resource, path = "" } = values;
  const [counter] = await tx
    .insert(snapshotCounters)
    .values({ serverId, resource, path, last: 1 })
    .onConflictDoUpdate({
      target: [snapshotCounters.serverId, snapshotCounters.resource, snapshotCounters.path],
      set: { last: sql`${snapshotCounters.last} + 1` },
    })
    .returning({ last: snapshotCounters.last });
  const [row] = await tx
    .insert(snapshots)
    .values({ ...values, version: counter?.last ?? 1 })
    .returning();
  if (!row) throw new Error("insert returned no row");
  return row;
}

/** Writes a row that is known from disk, and sees to it that its number is not given out again. */
export async function insertKnownSnapshot(tx: Transaction, values: typeof snapshots.$inferInsert): Promise<boolean> {
  const { serverId, resource, path = "", version } = values;
  const rows = await tx.insert(snapshots).values(values).onConflictDoNothing().returning({ id: snapshots.id });
  await tx
    .insert(snapshotCounters)
    .values({ serverId, resource, path, last: version })
    .onConflictDoUpdate({
      target: [snapshotCounters.serverId, snapshotCounters.resource, snapshotCounters.path],
      set: { last: sql`greatest(${snapshotCounters.last}, ${version})` },
    });
  if (rows.length === 1) return true;
  if (await findSnapshot(tx, values.id)) return false;
  // Another has its number: a database that was older than the disk gave it out again.
  await insertSnapshot(tx, values);
  return true;
}

export async function findSnapshot(db: Reader, id: string): Promise<SnapshotRow | null> {
  const [row] = await db.select().from(snapshots).where(eq(snapshots.id, id)).limit(1);
  return row ?? null;
}

export async function updateSnapshotRow(
  db: Reader,
  id: string,
  { metadata, ...values }: Partial<Omit<SnapshotRow, "id" | "version">>,
): Promise<SnapshotRow | null> {
  const stored = metadata ? { metadata: toStorableJson(metadata) } : {};
  const [row] = await db
    .update(snapshots)
    .set({ ...values, ...stored })
    .where(eq(snapshots.id, id))
    .returning();
  return row ?? null;
}

export async function deleteSnapshotRow(db: Reader, id: string): Promise<void> {
  await db.delete(snapshots).where(eq(snapshots.id, id));
}

export interface SnapshotFilter {
  serverId: string;
  resource?: SnapshotResource;
  type?: SnapshotType;
  path?: string;
  /** Exclusive upper bound, newest first. */
  before?: { createdAt: Date; id: string };
  limit: number;
}

/** Previous contents of single files have a list of their own: among the snapshots they come only when asked for. */
const isNoVersion = ne(snapshots.type, "auto_save");

export async function listSnapshotRows(db: Reader, filter: SnapshotFilter): Promise<SnapshotRow[]> {
  const { before } = filter;
  return db
    .select()
    .from(snapshots)
    .where(
      and(
        eq(snapshots.serverId, filter.serverId),
        filter.resource ? eq(snapshots.resource, filter.resource) : undefined,
        filter.type ? eq(snapshots.type, filter.type) : isNoVersion,
        filter.path === undefined ? undefined : eq(snapshots.path, filter.path),
        before
          ? or(
              lt(snapshots.createdAt, before.createdAt),
              and(eq(snapshots.createdAt, before.createdAt), lt(snapshots.id, before.id)),
            )
          : undefined,
      ),
    )
    .orderBy(desc(snapshots.createdAt), desc(snapshots.id))
    .limit(filter.limit);
}

/** Every snapshot of a server, whatever its state; there are never many. Previous contents of files are not among them. */
export async function listAllOfServer(db: Reader, serverId: string): Promise<SnapshotRow[]> {
  return db
    .select()
    .from(snapshots)
    .where(and(eq(snapshots.serverId, serverId), isNoVersion))
    .orderBy(desc(snapshots.createdAt));
}

export async function listByStatus(db: Reader, status: Snapshot["status"]): Promise<SnapshotRow[]> {
  return db.select().from(snapshots).where(eq(snapshots.status, status));
}

export async function listServersWithSnapshots(db: Reader): Promise<string[]> {
  const rows = await db.selectDistinct({ serverId: snapshots.serverId }).from(snapshots);
  return rows.map(({ serverId }) => serverId);
}

export async function findNewestGood(db: Reader, serverId: string): Promise<SnapshotRow | null> {
  const [row] = await db
    .select()
    .from(snapshots)
    .where(and(eq(snapshots.serverId, serverId), eq(snapshots.status, "complete"), isNoVersion))
    .orderBy(desc(snapshots.createdAt), desc(snapshots.id))
    .limit(1);
  return row ?? null;
}

/** Previous contents of a file that are kept, newest first. */
export async function listVersionRows(db: Reader, serverId: string, path: string): Promise<SnapshotRow[]> {
  return db
    .select()
    .from(snapshots)
    .where(
      and(
        eq(snapshots.serverId, serverId),
        eq(snapshots.resource, "file"),
        eq(snapshots.path, path),
        eq(snapshots.type, "auto_save"),
        eq(snapshots.status, "complete"),
      ),
    )
    .orderBy(desc(snapshots.version))
    .limit(200);
}

export async function flagDamaged(db: Reader, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await db
    .update(snapshots)
    .set({ verification: "damaged", verifiedAt: now })
    .where(inArray(snapshots.id, [...ids]));
}

/** Rows of snapshots that never came to be are kept for a while, so that people see that and why. */
export async function pruneFailed(db: Reader, before: Date): Promise<void> {
  await db.delete(snapshots).where(and(eq(snapshots.status, "failed"), lt(snapshots.createdAt, before)));
}

export function toSnapshot({ ownerId, createdById, ...row }: SnapshotRow): Snapshot {
  return row;
}
