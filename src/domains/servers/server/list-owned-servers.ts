import { asc, eq } from "drizzle-orm";
import type { Database, Transaction } from "@/server/db/connect";
import { servers } from "./table";

export interface OwnedServer {
  id: string;
  name: string;
  memoryMb: number;
}

/** Every server of a user, for whoever decides what becomes of them or how many there may be. */
export function listOwnedServers(db: Database | Transaction, ownerId: string): Promise<OwnedServer[]> {
  return db
    .select({ id: servers.id, name: servers.name, memoryMb: servers.memoryMb })
    .from(servers)
    .where(eq(servers.ownerId, ownerId))
    .orderBy(asc(servers.createdAt), asc(servers.id));
}
