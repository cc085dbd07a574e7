import { and, desc, eq, inArray, lt, or, type SQL, sql } from "drizzle-orm";
import { toStorableJson } from "@/lib/storable-text";
import type { Database, Transaction } from "@/server/db/connect";
import type { Job } from "../contract";
import { type OperationRow, operations } from "./table";

type Reader = Database | Transaction;

export async function insertOperation(db: Reader, values: typeof operations.$inferInsert): Promise<OperationRow> {
  const [row] = await db.insert(operations).values(values).returning();
  if (!row) throw new Error("insert returned no row");
  return row;
}

export async function saveProgress(db: Reader, row: OperationRow): Promise<void> {
  const { step, done, total, unit, isCancellable } = row;
  await db
    .update(operations)
    .set({ step, done, total, unit, isCancellable })
    .where(and(eq(operations.id, row.id), eq(operations.status, "running")));
}

export async function closeOperation(db: Reader, row: OperationRow): Promise<void> {
  const { id, startedAt, kind, ...values } = row;
  await db
    .update(operations)
    .set({ ...values, error: toStorableJson(values.error) })
    .where(eq(operations.id, id));
}

export async function listOpenOperations(db: Reader): Promise<OperationRow[]> {
  return db.select().from(operations).where(eq(operations.status, "running")).orderBy(operations.startedAt);
}

/** Closes jobs that mcsd's end cut off: those whose effect stands, and those that were interrupted. */
export async function settleOperations(
  db: Reader,
  { done, interrupted }: { done: readonly string[]; interrupted: readonly string[] },
  now: Date,
): Promise<void> {
  const message = "mcsd ended while this ran. What it had half done is undone or taken up again.";
  const error = { code: "JOB_INTERRUPTED", message, details: {} };
  const close = (ids: readonly string[], values: Partial<OperationRow>) =>
    db
      .update(operations)
      .set({ ...values, isCancellable: false, finishedAt: now })
      .where(and(inArray(operations.id, [...ids]), eq(operations.status, "running")));
  if (done.length > 0) await close(done, { status: "succeeded" });
  if (interrupted.length > 0) await close(interrupted, { status: "interrupted", error });
}

/** A job that was cut off and is taken up again, as if it had not ended. Null when it is not there. */
export async function reopenOperation(db: Reader, id: string): Promise<OperationRow | null> {
  const [row] = await db
    .update(operations)
    .set({ status: "running", error: null, finishedAt: null })
    .where(eq(operations.id, id))
    .returning();
  return row ?? null;
}

export async function findOperation(db: Reader, id: string): Promise<OperationRow | null> {
  const [row] = await db.select().from(operations).where(eq(operations.id, id)).limit(1);
  return row ?? null;
}

export interface OperationFilter {
  /** Null: everyone's. */
  reach: { ownerId: string; serverIds: readonly string[] } | null;
  serverId?: string;
  active?: boolean;
  /** Exclusive upper bound `(startedAt, id)`, newest first. */
  before?: { startedAt: Date; id: string };
  limit: number;
}

export async function listOperations(db: Reader, filter: OperationFilter): Promise<OperationRow[]> {
  const conditions: (SQL | undefined)[] = [
    filter.reach
      ? or(eq(operations.ownerId, filter.reach.ownerId), inArray(operations.serverId, [...filter.reach.serverIds]))
      : undefined,
    filter.serverId ? eq(operations.serverId, filter.serverId) : undefined,
    filter.active ? eq(operations.status, "running") : undefined,
    filter.before
      ? or(
          lt(operations.startedAt, filter.before.startedAt),
          and(eq(operations.startedAt, filter.before.startedAt), lt(operations.id, filter.before.id)),
        )
      : undefined,
  ];
  return db
    .select()
    .from(operations)
    .where(and(...conditions))
    .orderBy(desc(operations.startedAt), desc(operations.id))
    .limit(filter.limit);
}

/** Ended jobs older than 30 days are not kept. */
export async function pruneOperations(db: Reader): Promise<void> {
  await db.delete(operations).where(and(lt(operations.finishedAt, sql`now() - interval '30 days'`)));
}

export function toJob(row: OperationRow): Job {
  const { ownerId, data, ...job } = row;
  return { ...job };
}
