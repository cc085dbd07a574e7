import type { TrackedServer } from "../../servers/server/tracked-server";
import { playerNameSchema } from "../contract";
import type { ListDifference } from "./check-list";
import type { OpenStay } from "./settle-sessions";

type Roster = NonNullable<TrackedServer["present"]>;

/** The log is given as long to tell it. */
const patienceMs = 1500;

/**
 * Compares stays with the whole list of players that the game's management service gives. The log says the same a moment sooner or later;
 * what two lists that lie some time apart say alike, it does not tell.
 */
export function createRosterCheck() {
  let compared: Date | null = null;
  let arrivals = new Map<string, Date>();
  let departures = new Map<string, Date>();

  return {
    compare(open: readonly OpenStay[], { at, players }: Roster): ListDifference {
      if (compared && compared.getTime() >= at.getTime()) return { arrived: [], gone: [] };
      compared = at;
      const listed = new Map(players.map((player) => [player.name, player]));
      const known = new Map(open.map((stay) => [stay.name, stay]));
      for (const stay of open) if (listed.has(stay.name) && stay.seenAt < at) stay.seenAt = at;
      const isNew = ({ name }: { name: string }) => !known.has(name) && playerNameSchema.safeParse(name).success;
      arrivals = firstSeen(arrivals, players.filter(isNew), at);
      // Whoever came after the list was made cannot be in it.
      const isGone = ({ name, joinedAt }: OpenStay) => !listed.has(name) && joinedAt < at;
      departures = firstSeen(departures, open.filter(isGone), at);
      return {
        arrived: lasting(arrivals, at).map(([name, since]) => ({ name, since, uuid: listed.get(name)?.uuid ?? null })),
        gone: lasting(departures, at).map(([name]) => name),
      };
    },
  };
}

function firstSeen(before: ReadonlyMap<string, Date>, present: readonly { name: string }[], at: Date) {
  return new Map(present.map(({ name }) => [name, before.get(name) ?? at]));
}

function lasting(seen: ReadonlyMap<string, Date>, at: Date): [string, Date][] {
  return [...seen].filter(([, since]) => at.getTime() - since.getTime() >= patienceMs);
}
