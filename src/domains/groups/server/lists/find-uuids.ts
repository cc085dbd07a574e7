import type { PlayerNames } from "../../../players/server/player-names";
import { keyOf, type ListedPlayer } from "../plan-list";

/**
 * UUIDs by lower-case name, of those that can be told: computed for servers in offline mode, else what the group says or what is known or
 * looked up at Mojang.
 */
export async function findUuids(
  names: PlayerNames,
  players: readonly ListedPlayer[],
  isOnlineMode: boolean,
): Promise<ReadonlyMap<string, string>> {
  const said = isOnlineMode ? players.flatMap(({ name, uuid }) => (uuid ? [[keyOf(name), uuid] as const] : [])) : [];
  const found = new Map(said);
  const open = players.map(({ name }) => name).filter((name) => !found.has(keyOf(name)));
  const resolved = open.length > 0 ? await names.resolve(open, { isOffline: !isOnlineMode }) : [];
  resolved.forEach((answer, index) => {
    if (answer.kind === "found") found.set(keyOf(open[index] ?? answer.name), answer.uuid);
  });
  return found;
}
