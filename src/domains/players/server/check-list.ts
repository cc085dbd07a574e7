import type { LiveStatus } from "../../servers/contract";
import { playerNameSchema } from "../contract";
import type { OpenStay } from "./settle-sessions";

/** Who the log has not told of. */
export interface ListDifference {
  arrived: { name: string; uuid: string | null; since: Date }[];
  gone: string[];
}

/**
 * Compares stays with the lists that a server gives out when it is pinged. Plugins may keep arrivals out of the log, and lists may be old by
 * a moment: what two lists in a row say counts. A server that tells only some names says nothing about who is gone.
 */
export function createListCheck() {
  let lastArrived = new Set<string>();
  let lastGone = new Set<string>();

  return {
    compare(open: readonly OpenStay[], live: LiveStatus, now: Date): ListDifference {
      const { playersOnline, playerNames } = live;
      // No answer, or more names than players: somebody writes advertisements there.
      if (playersOnline === null || playerNames.length > playersOnline) return { arrived: [], gone: [] };
      const listed = new Set(playerNames.filter((name) => playerNameSchema.safeParse(name).success));
      const isWhole = listed.size === playersOnline;
      const known = new Set(open.map(({ name }) => name));
      for (const stay of open) if (listed.has(stay.name)) stay.seenAt = now;
      const arrived = new Set([...listed].filter((name) => !known.has(name)));
      const gone = new Set(isWhole ? [...known].filter((name) => !listed.has(name)) : []);
      const result = {
        arrived: [...arrived].filter((name) => lastArrived.has(name)).map((name) => ({ name, uuid: null, since: now })),
        gone: [...gone].filter((name) => lastGone.has(name)),
      };
      [lastArrived, lastGone] = [arrived, gone];
      return result;
    },
  };
}
