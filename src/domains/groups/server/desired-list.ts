import { keyOf, type ListedPlayer } from "./plan-list";

interface Precedence {
  groupId: string;
  priority: number;
  attachedAt: Date;
}

export interface AttachedGroup extends Precedence {
  players: readonly ListedPlayer[];
}

/**
 * Everybody whom the groups of one type name, once. Where several name one player, the group with the larger priority decides about level,
 * reason and end; among equals the one that was attached first. A ban that has ended is no wish any more.
 */
export function desiredList(groups: readonly AttachedGroup[], now: Date): ListedPlayer[] {
  const found = new Map<string, ListedPlayer>();
  for (const { players } of [...groups].sort(byPrecedence)) {
    for (const player of players) {
      if (player.expiresAt !== null && player.expiresAt <= now) continue;
      const key = keyOf(player.name);
      const decided = found.get(key);
      if (!decided) found.set(key, player);
      else if (decided.uuid === null) found.set(key, { ...decided, uuid: player.uuid });
    }
  }
  return [...found.values()];
}

export function byPrecedence(a: Precedence, b: Precedence): number {
  const byAge = a.attachedAt.getTime() - b.attachedAt.getTime();
  return b.priority - a.priority || byAge || (a.groupId < b.groupId ? -1 : 1);
}
