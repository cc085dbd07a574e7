import { and, desc, eq, lt } from "drizzle-orm";
import type { Database, Transaction } from "@/server/db/connect";
import { serverMembers } from "../../../servers/server/table";
import { type UserRow, users } from "../../../users/server/table";
import type { Schedule } from "../../contract";
import { backupRuns, backupSchedules } from "../table";

type Reader = Database | Transaction;
export type ScheduleRow = typeof backupSchedules.$inferSelect;
export type RunRow = typeof backupRuns.$inferSelect;

export async function findSchedule(db: Reader, serverId: string): Promise<ScheduleRow | null> {
  const [row] = await db.select().from(backupSchedules).where(eq(backupSchedules.serverId, serverId)).limit(1);
  return row ?? null;
}

export async function listSchedules(db: Reader): Promise<ScheduleRow[]> {
  return db.select().from(backupSchedules);
}

export async function saveSchedule(
  db: Reader,
  { serverId, schedule, setBy, now }: { serverId: string; schedule: Schedule; setBy: string; now: Date },
): Promise<void> {
  const set = { schedule, setBy, updatedAt: now };
  await db
    .insert(backupSchedules)
    // Whether somebody played before is not known: the first turn is taken.
    .values({ serverId, playedAt: now, ...set })
    .onConflictDoUpdate({ target: backupSchedules.serverId, set });
}

export async function savePlayed(db: Reader, serverId: string, at: Date): Promise<void> {
  await db.update(backupSchedules).set({ playedAt: at }).where(eq(backupSchedules.serverId, serverId));
}

export async function saveDrill(
  db: Reader,
  serverId: string,
  drill: { at: Date; snapshotId: string; result: "good" | "damaged" | "failed" },
): Promise<void> {
  await db
    .update(backupSchedules)
    .set({ lastDrillAt: drill.at, lastDrillSnapshotId: drill.snapshotId, lastDrillResult: drill.result })
    .where(eq(backupSchedules.serverId, serverId));
}

/** The turn, or null when somebody has taken it already. */
export async function openRun(db: Reader, serverId: string, dueAt: Date): Promise<RunRow | null> {
  const [row] = await db
    .insert(backupRuns)
    .values({ serverId, dueAt, result: "running" })
    .onConflictDoNothing()
    .returning();
  return row ?? null;
}

export async function closeRun(
  db: Reader,
  id: number,
  values: { result: RunRow["result"]; reason: string | null; snapshotId: string | null; finishedAt: Date },
): Promise<void> {
  await db.update(backupRuns).set(values).where(eq(backupRuns.id, id));
}

export async function findLastRun(db: Reader, serverId: string): Promise<RunRow | null> {
  const [row] = await db
    .select()
    .from(backupRuns)
    .where(eq(backupRuns.serverId, serverId))
    .orderBy(desc(backupRuns.dueAt))
    .limit(1);
  return row ?? null;
}

export async function pruneRuns(db: Reader, before: Date): Promise<void> {
  await db.delete(backupRuns).where(lt(backupRuns.dueAt, before));
}

/** A user as they are now, with what is shared with them of this server. */
export async function findUserForServer(
  db: Reader,
  userId: string,
  serverId: string,
): Promise<{ user: UserRow; shared: (typeof serverMembers.$inferSelect)["permissions"] | null } | null> {
  const [row] = await db
    .select({ user: users, shared: serverMembers.permissions })
    .from(users)
    .leftJoin(serverMembers, and(eq(serverMembers.userId, users.id), eq(serverMembers.serverId, serverId)))
    .where(eq(users.id, userId))
    .limit(1);
  return row ?? null;
}
