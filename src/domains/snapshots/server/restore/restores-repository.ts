import { and, desc, eq, isNull, lt } from "drizzle-orm";
import type { Database, Transaction } from "@/server/db/connect";
import { type RestoreRow, restores } from "../table";

type Reader = Database | Transaction;

/** May be done twice: a connection that was lost during the commit leaves open whether it was done once. */
export async function insertRestore(db: Reader, row: RestoreRow): Promise<void> {
  await db.insert(restores).values(row).onConflictDoNothing();
}

/** The last restore of a server that has not been undone. */
export async function findUndoable(db: Reader, serverId: string): Promise<RestoreRow | null> {
  const [row] = await db
    .select()
    .from(restores)
    .where(eq(restores.serverId, serverId))
    .orderBy(desc(restores.restoredAt))
    .limit(1);
  return row && row.undoneAt === null ? row : null;
}

export async function markUndone(db: Reader, id: string, now: Date): Promise<void> {
  await db
    .update(restores)
    .set({ undoneAt: now })
    .where(and(eq(restores.id, id), isNull(restores.undoneAt)));
}

/** Restores whose old tree is still kept; of one server, or of all from before a moment. */
export async function listAsides(db: Reader, filter: { serverId?: string; before?: Date }): Promise<RestoreRow[]> {
  return db
    .select()
    .from(restores)
    .where(
      and(
        eq(restores.isAside, true),
        filter.serverId ? eq(restores.serverId, filter.serverId) : undefined,
        filter.before ? lt(restores.restoredAt, filter.before) : undefined,
      ),
    );
}

export async function findRestore(db: Reader, id: string): Promise<RestoreRow | null> {
  const [row] = await db.select().from(restores).where(eq(restores.id, id)).limit(1);
  return row ?? null;
}

export async function clearAside(db: Reader, id: string): Promise<void> {
  await db.update(restores).set({ isAside: false }).where(eq(restores.id, id));
}
