import { and, eq, inArray } from "drizzle-orm";
import type { Actor } from "@/server/auth/actor";
import type { Transaction } from "@/server/db/connect";
import { recordAudit } from "../../audit/server/record-audit";
import { operations } from "../../jobs/server/table";
import { causedBy } from "./policy";
import { insertTimeline } from "./repository";
import { serverMembers, servers } from "./table";

export interface Transfer {
  actor: Actor;
  from: { id: string; username: string };
  to: { id: string; username: string };
  now: Date;
}

/**
 * Gives all servers of one user to another, with their jobs. Those with whom they are shared keep that; only the receiver, now
 * the owner, is no member any more. Call `followOwner` after the commit. Returns how many there were.
 */
export async function transferServers(tx: Transaction, { actor, from, to, now }: Transfer): Promise<number> {
  const moved = await tx
    .update(servers)
    .set({ ownerId: to.id, updatedAt: now })
    .where(eq(servers.ownerId, from.id))
    .returning({ id: servers.id, name: servers.name });
  if (moved.length === 0) return 0;
  const ids = moved.map(({ id }) => id);
  await tx.delete(serverMembers).where(and(eq(serverMembers.userId, to.id), inArray(serverMembers.serverId, ids)));
  await tx.update(operations).set({ ownerId: to.id }).where(inArray(operations.serverId, ids));
  const detail = { from: from.username, to: to.username };
  for (const { id, name } of moved) {
    await insertTimeline(tx, { serverId: id, kind: "transferred", by: causedBy(actor), detail });
    await recordAudit(tx, actor, {
      action: "servers.transfer",
      target: { kind: "server", id },
      details: { name, ...detail },
    });
  }
  return moved.length;
}
