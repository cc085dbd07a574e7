import { and, eq, inArray, isNotNull, lte, sql } from "drizzle-orm";
import type { Database, Transaction } from "@/server/db/connect";
import type { GroupType } from "../contract";
import { type AppliedPlayer, keyOf } from "./plan-list";
import { appliedPlayers } from "./table";

type Reader = Database | Transaction;

/** What the groups have put into a server's lists. */
export async function listApplied(db: Reader, serverId: string): Promise<(AppliedPlayer & { type: GroupType })[]> {
  return db.select().from(appliedPlayers).where(eq(appliedPlayers.serverId, serverId));
}

interface AppliedChange {
  serverId: string;
  type: GroupType;
  put: readonly AppliedPlayer[];
  /** Keys. */
  remove: readonly string[];
  now: Date;
}

export async function storeApplied(
  tx: Transaction,
  { serverId, type, put, remove, now }: AppliedChange,
): Promise<void> {
  if (remove.length > 0) {
    const here = and(eq(appliedPlayers.serverId, serverId), eq(appliedPlayers.type, type));
    await tx.delete(appliedPlayers).where(and(here, inArray(appliedPlayers.key, [...remove])));
  }
  if (put.length === 0) return;
  await tx
    .insert(appliedPlayers)
    .values(
      put.map(({ name, uuid, level, reason, expiresAt, state }) => ({
        ...{ serverId, type, key: keyOf(name), name, uuid, level, reason, expiresAt, state },
        appliedAt: now,
      })),
    )
    .onConflictDoUpdate({
      target: [appliedPlayers.serverId, appliedPlayers.type, appliedPlayers.key],
      set: {
        name: sql`excluded.name`,
        uuid: sql`excluded.uuid`,
        level: sql`excluded.level`,
        reason: sql`excluded.reason`,
        expiresAt: sql`excluded.expires_at`,
        state: sql`excluded.state`,
        appliedAt: sql`excluded.applied_at`,
      },
    });
}

/** Servers where somebody is still banned by a group whose ban has ended. */
export async function listServersWithEndedBans(db: Reader, now: Date): Promise<string[]> {
  const isEnded = and(isNotNull(appliedPlayers.expiresAt), lte(appliedPlayers.expiresAt, now));
  const rows = await db.selectDistinct({ serverId: appliedPlayers.serverId }).from(appliedPlayers).where(isEnded);
  return rows.map(({ serverId }) => serverId);
}
