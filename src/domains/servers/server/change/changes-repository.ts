import { eq, ne } from "drizzle-orm";
import type { Database, Transaction } from "@/server/db/connect";
import { serverChanges } from "../table";

type Reader = Database | Transaction;

export type ChangeRow = typeof serverChanges.$inferSelect;

/** One per server: what is known of an earlier change gives way. */
export async function insertChange(db: Reader, row: ChangeRow): Promise<void> {
  await db.insert(serverChanges).values(row).onConflictDoUpdate({ target: serverChanges.serverId, set: row });
}

export async function updateChange(
  db: Reader,
  serverId: string,
  values: Partial<Pick<ChangeRow, "phase" | "snapshotId" | "operationId" | "after" | "wasRunning">>,
): Promise<void> {
  await db.update(serverChanges).set(values).where(eq(serverChanges.serverId, serverId));
}

export async function deleteChange(db: Reader, serverId: string): Promise<void> {
  await db.delete(serverChanges).where(eq(serverChanges.serverId, serverId));
}

export async function findChange(db: Reader, serverId: string): Promise<ChangeRow | null> {
  const [row] = await db.select().from(serverChanges).where(eq(serverChanges.serverId, serverId)).limit(1);
  return row ?? null;
}

/** Changes that have not come to their end. */
export async function listOpenChanges(db: Reader): Promise<ChangeRow[]> {
  return db.select().from(serverChanges).where(ne(serverChanges.phase, "done"));
}
