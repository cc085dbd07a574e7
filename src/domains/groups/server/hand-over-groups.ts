import { eq } from "drizzle-orm";
import type { Actor } from "@/server/auth/actor";
import type { Transaction } from "@/server/db/connect";
import { recordAudit } from "../../audit/server/record-audit";
import { groupServers, groups } from "./table";

interface HandOver {
  actor: Actor;
  from: { id: string; username: string };
  /** Null: the groups go with their owner. */
  to: { id: string; username: string } | null;
  now: Date;
}

/** What becomes of somebody's groups when the account goes. Returns the servers whose lists have to be looked at after the commit. */
export async function handOverGroups(tx: Transaction, { actor, from, to, now }: HandOver): Promise<string[]> {
  const owned = await tx.select().from(groups).where(eq(groups.ownerId, from.id)).for("update");
  if (owned.length === 0) return [];
  const attached = await tx
    .selectDistinct({ serverId: groupServers.serverId })
    .from(groupServers)
    .innerJoin(groups, eq(groups.id, groupServers.groupId))
    .where(eq(groups.ownerId, from.id));
  const taken = new Set(
    to ? (await tx.select({ name: groups.name }).from(groups).where(eq(groups.ownerId, to.id))).map(nameOf) : [],
  );
  for (const { id, name } of owned) {
    const newName = freeName(name, from.username, taken);
    taken.add(newName);
    if (to) await tx.update(groups).set({ ownerId: to.id, name: newName, updatedAt: now }).where(eq(groups.id, id));
    else await tx.delete(groups).where(eq(groups.id, id));
    await recordAudit(tx, actor, {
      action: to ? "groups.transfer" : "groups.delete",
      target: { kind: "group", id },
      details: { name: newName, from: from.username, to: to?.username ?? null },
    });
  }
  return to ? [] : attached.map(({ serverId }) => serverId);
}

const nameOf = ({ name }: { name: string }) => name;

function freeName(name: string, username: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let count = 1; ; count++) {
    const other = `${name} (${username}${count > 1 ? ` ${count}` : ""})`;
    if (!taken.has(other)) return other;
  }
}
