import type { PlayerSessionEnd } from "../contract";
import type { PlayerLine } from "./parse-player-line";

/** A stay that has no end yet. `id` is null until it is stored. */
export interface OpenStay {
  id: number | null;
  name: string;
  uuid: string | null;
  joinedAt: Date;
  seenAt: Date;
}

export interface EndedStay extends OpenStay {
  leftAt: Date;
  endedBy: PlayerSessionEnd;
}

/** What has to be stored for it. */
export interface StayChanges {
  opened: OpenStay[];
  ended: EndedStay[];
  /** Names that were told with their UUIDs. */
  known: { name: string; uuid: string; at: Date }[];
}

/** Two lines tell of one arrival; they follow each other at once. */
const sameArrivalMs = 10_000;

/**
 * Follows the stays of one server through its log, in memory: `present` are those without an end. The result says what has changed since the
 * last `take`.
 */
export function createStays(present: readonly OpenStay[]) {
  const open = new Map(present.map((stay) => [stay.name, stay]));
  const uuids = new Map<string, string>();
  let changes: StayChanges = { opened: [], ended: [], known: [] };

  const end = (stay: OpenStay, leftAt: Date, endedBy: PlayerSessionEnd) => {
    open.delete(stay.name);
    const at = leftAt < stay.joinedAt ? stay.joinedAt : leftAt;
    // One that was opened since the last `take` is stored with its end at once.
    changes.opened = changes.opened.filter((known) => known !== stay);
    changes.ended.push({ ...stay, seenAt: at, leftAt: at, endedBy });
  };
  const begin = (name: string, uuid: string | null, at: Date) => {
    const stay: OpenStay = { id: null, name, uuid, joinedAt: at, seenAt: at };
    open.set(name, stay);
    changes.opened.push(stay);
  };
  const arrive = (name: string, at: Date) => {
    const uuid = uuids.get(name) ?? null;
    uuids.delete(name);
    const there = open.get(name);
    if (there && at.getTime() - there.joinedAt.getTime() <= sameArrivalMs) {
      there.uuid ??= uuid;
      return;
    }
    // Nobody saw them leave: all that is certain is when they were last there.
    if (there) end(there, there.seenAt, "missing");
    begin(name, uuid, at);
  };

  return {
    get open(): readonly OpenStay[] {
      return [...open.values()];
    },
    find: (name: string) => open.get(name) ?? null,
    take(): StayChanges {
      const taken = changes;
      changes = { opened: [], ended: [], known: [] };
      return taken;
    },
    read(line: PlayerLine, at: Date): void {
      if (line.kind === "uuid") {
        uuids.set(line.name, line.uuid);
        changes.known.push({ name: line.name, uuid: line.uuid, at });
      } else if (line.kind === "joined") {
        arrive(line.name, at);
      } else if (line.kind === "left") {
        const stay = open.get(line.name);
        if (stay) end(stay, at, "left");
      } else {
        this.endAll(null);
      }
    },
    /** Seen in the server's own list, though the log has not told of it. */
    notice: ({ name, uuid, since }: { name: string; uuid: string | null; since: Date }) =>
      begin(name, uuid ?? uuids.get(name) ?? null, since),
    /** Not in the server's own list any more, though the log has not told of it. */
    miss(name: string): void {
      const stay = open.get(name);
      if (stay) end(stay, stay.seenAt, "missing");
    },
    /** The server has ended. `at`: when; null where only that is known. */
    endAll(at: Date | null): void {
      for (const stay of [...open.values()]) end(stay, at ?? stay.seenAt, "ended");
    },
  };
}
export type Stays = ReturnType<typeof createStays>;
