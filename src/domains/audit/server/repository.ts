import { and, asc, desc, eq, gt, gte, ilike, like, lt, lte, or, type SQL, sql } from "drizzle-orm";
import type { Database, Transaction } from "@/server/db/connect";
import type { AuditFilter } from "../contract";
import { auditChain, auditHead, auditLog } from "./table";

type Reader = Database | Transaction;

const columns = {
  seq: auditChain.seq,
  at: auditLog.at,
  actorKind: auditLog.actorKind,
  actorId: auditLog.actorId,
  actorName: auditLog.actorName,
  address: auditLog.address,
  action: auditLog.action,
  targetKind: auditLog.targetKind,
  targetId: auditLog.targetId,
  result: auditLog.result,
  details: auditLog.details,
};

/** The time as it is hashed. */
const utcText = sql<string>`to_char(${auditLog.at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Newest first, before a place of the chain. */
export function listNewest(db: Reader, page: { filter: AuditFilter; before?: number; limit: number }) {
  return db
    .select(columns)
    .from(auditChain)
    .innerJoin(auditLog, eq(auditLog.id, auditChain.auditId))
    .where(and(...conditionsOf(page.filter), page.before === undefined ? undefined : lt(auditChain.seq, page.before)))
    .orderBy(desc(auditChain.seq))
    .limit(page.limit);
}

/** Oldest first, behind a place of the chain and up to another one, with what was hashed. */
export function listOldest(db: Reader, page: { filter: AuditFilter; after: number; upTo: number; limit: number }) {
  return db
    .select({ ...columns, atText: utcText, canonical: auditChain.canonical, hash: auditChain.hash })
    .from(auditChain)
    .innerJoin(auditLog, eq(auditLog.id, auditChain.auditId))
    .where(and(...conditionsOf(page.filter), gt(auditChain.seq, page.after), lte(auditChain.seq, page.upTo)))
    .orderBy(asc(auditChain.seq))
    .limit(page.limit);
}

export async function readHead(db: Reader): Promise<typeof auditHead.$inferSelect> {
  const [head] = await db.select().from(auditHead).where(eq(auditHead.id, 1));
  if (!head) throw new Error("the audit log has no head");
  return head;
}

/** Removes the oldest rows, at most `most`; see the migration audit_chain. */
export async function pruneChain(
  tx: Transaction,
  { olderThan, most }: { olderThan: Date; most: number },
): Promise<{ removed: number; upToSeq: number; upToHash: string }> {
  const [row] = await tx.execute<{ removed: string; up_to_seq: string; up_to_hash: string }>(
    sql`select * from audit_prune(${olderThan.toISOString()}::timestamptz, ${most}::bigint)`,
  );
  if (!row) throw new Error("audit_prune returned no row");
  return { removed: Number(row.removed), upToSeq: Number(row.up_to_seq), upToHash: row.up_to_hash };
}

function conditionsOf(filter: AuditFilter): (SQL | undefined)[] {
  const { search, actorId, action, targetId, result, from, to } = filter;
  return [
    search ? matches(search) : undefined,
    actorId ? eq(auditLog.actorId, actorId) : undefined,
    action ? or(eq(auditLog.action, action), like(auditLog.action, `${escapeLike(action)}.%`)) : undefined,
    targetId ? eq(auditLog.targetId, targetId) : undefined,
    result ? eq(auditLog.result, result) : undefined,
    from ? gte(auditLog.at, from) : undefined,
    to ? lt(auditLog.at, to) : undefined,
  ];
}

function matches(search: string): SQL | undefined {
  const pattern = `%${escapeLike(search)}%`;
  const { actorName, action, address, targetId, targetKind, details } = auditLog;
  const inDetails = [sql`${details}->>'name'`, sql`${details}->>'username'`].map((text) => ilike(text, pattern));
  return or(...[actorName, action, address, targetId, targetKind].map((text) => ilike(text, pattern)), ...inDetails);
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
