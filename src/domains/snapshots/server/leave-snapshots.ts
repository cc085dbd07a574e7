import { eq, sql } from "drizzle-orm";
import type { Transaction } from "@/server/db/connect";
import { servers } from "../../servers/server/table";
import { snapshots } from "./table";

/** Snapshots outlive their server: from now on they are its last owner's, whoever owned it when they were taken. */
export async function leaveSnapshots(tx: Transaction, serverId: string): Promise<void> {
  const lastOwner = sql`(select ${servers.ownerId} from ${servers} where ${servers.id} = ${serverId})`;
  await tx
    .update(snapshots)
    .set({ ownerId: sql`coalesce(${lastOwner}, ${snapshots.ownerId})` })
    .where(eq(snapshots.serverId, serverId));
}
