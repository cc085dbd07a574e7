import { and, desc, eq, inArray, sql } from "drizzle-orm";
import type { Database } from "@/server/db/connect";
import { offlineUuid } from "../../../players/server/offline-uuid";
import { knownPlayers } from "../../../players/server/table";
import { keyOf, type ListedPlayer } from "../plan-list";

/**
 * UUIDs by lower-case name, of those that are known: computed for servers in offline mode, else what the group says or what was seen or
 * looked up before. Asks nobody outside.
 */
export async function knownUuids(
  db: Database,
  players: readonly ListedPlayer[],
  isOnlineMode: boolean,
): Promise<ReadonlyMap<string, string>> {
  if (!isOnlineMode) return new Map(players.map(({ name }) => [keyOf(name), offlineUuid(name)]));
  const found = new Map(players.flatMap(({ name, uuid }) => (uuid ? [[keyOf(name), uuid]] : [])));
  const open = players.map(({ name }) => keyOf(name)).filter((key) => !found.has(key));
  if (open.length === 0) return found;
  const rows = await db
    .select({ name: knownPlayers.name, uuid: knownPlayers.uuid })
    .from(knownPlayers)
    .where(and(eq(knownPlayers.isOffline, false), inArray(sql`lower(${knownPlayers.name})`, open)))
    .orderBy(desc(knownPlayers.seenAt));
  for (const { name, uuid } of rows) if (!found.has(keyOf(name))) found.set(keyOf(name), uuid);
  return found;
}
