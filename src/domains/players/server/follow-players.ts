import { stat } from "node:fs/promises";
import { takeTurns } from "@/lib/take-turns";
import type { Clock } from "@/server/clock";
import type { Database } from "@/server/db/connect";
import { isDatabaseDown } from "@/server/errors";
import type { Logger } from "@/server/logger";
import type { LogHub } from "../../console/server/log-hub";
import { createLineClock } from "../../console/server/log-line-time";
import { parseLogLine } from "../../console/server/parse-log-line";
import { readLogForward } from "../../console/server/read-log-forward";
import type { RawLogLine } from "../../launch/server/launch-strategy";
import type { TrackedServer } from "../../servers/server/tracked-server";
import { createListCheck } from "./check-list";
import { createRosterCheck } from "./check-roster";
import { parsePlayerLine } from "./parse-player-line";
import { findMark, type LogMark, listOpenStays, storeStays } from "./repository";
import { createStays, type Stays } from "./settle-sessions";

export interface FollowDeps {
  db: Database;
  clock: Clock;
  log: Logger;
  logHub: Pick<LogHub, "subscribe" | "recent">;
  consoleLogPath(serverId: string): string;
  /** Stays of the server have begun or ended. */
  changed(serverId: string): void;
}

/** Follows who comes to one server and who goes, from where its log was last read. */
export interface Follower {
  /** Compares with what the server itself says: the whole list of its management service, else what a list ping tells. */
  compare(told: Pick<TrackedServer, "live" | "present">): Promise<void>;
  /** Reads what the ended server has left in its log, and ends every stay. `at`: when it ended; null where nobody knows. */
  settle(at: Date | null): Promise<void>;
  /** Stops following: what is there stays, and is taken up from there. */
  close(): void;
}

/** How often the place in the log is stored while nobody comes or goes: it bounds what is read again. */
const saveEveryMs = 30_000;
/** Servers run with TZ=UTC. */
const utc = () => 0;

export function followPlayers(deps: FollowDeps, serverId: string): Follower {
  const { db, clock, log, logHub } = deps;
  const closing = new AbortController();
  const inTurn = takeTurns();
  const path = deps.consoleLogPath(serverId);
  const list = createListCheck();
  const roster = createRosterCheck();
  let stays: Stays = createStays([]);
  let mark: LogMark = { next: 0, at: clock.now() };
  let lineTime = createLineClock(mark.at, utc);
  let savedAt = 0;
  /** The end of the log when it was opened: before that, the past is being read. */
  let present = Number.POSITIVE_INFINITY;

  const store = async (withMark: boolean) => {
    const changes = stays.take();
    const isChange = changes.opened.length + changes.ended.length > 0;
    for (let attempt = 0; ; attempt++) {
      try {
        await storeStays(db, serverId, { changes, mark: withMark ? mark : null, isRepeated: attempt > 0 });
        break;
      } catch (error) {
        if (isGone(error)) return closing.abort();
        if (!isDatabaseDown(error)) throw error;
        await clock.sleep(Math.min(5000, 250 * 2 ** attempt));
      }
    }
    savedAt = clock.now().getTime();
    if (!isChange) return;
    for (const { id, name } of await listOpenStays(db, serverId)) {
      const stay = stays.find(name);
      if (stay) stay.id = id;
    }
    deps.changed(serverId);
  };

  const read = async (lines: readonly RawLogLine[], next: number) => {
    let isTold = false;
    let { at } = mark;
    for (const { text, seenAt } of lines) {
      const parsed = parseLogLine(text);
      at = new Date(lineTime(parsed.timeOfDay, seenAt));
      const line = parsePlayerLine(parsed);
      if (!line) continue;
      stays.read(line, at);
      isTold = true;
    }
    mark = { next, at };
    if (isTold || clock.now().getTime() - savedAt > saveEveryMs) await store(true);
  };

  const open = async () => {
    stays = createStays(await listOpenStays(db, serverId));
    const known = await findMark(db, serverId);
    if (known) mark = known;
    lineTime = createLineClock(mark.at, utc);
    lineTime(mark.at.toISOString().slice(11, 19));
    return known !== null;
  };

  const follow = async () => {
    const isKnown = await open();
    const { next } = await logHub.recent(serverId, 0);
    if (!isKnown) {
      mark = { next: Number(next), at: clock.now() };
      await store(true);
    }
    present = Number(next);
    for await (const batch of logHub.subscribe(serverId, String(mark.next), closing.signal))
      if ("lines" in batch) await inTurn("", () => read(batch.lines, Number(batch.next)));
      // Another log, or what was left of this one: its places are others.
      else present = 0;
  };

  const report = (error: unknown) => {
    if (!closing.signal.aborted) log.error({ err: error, serverId }, "who plays on a server is not followed any more");
  };
  const following = follow().catch(report);

  return {
    close: () => closing.abort(),
    compare: (told) =>
      inTurn("", async () => {
        if (mark.next < present || closing.signal.aborted) return;
        const { arrived, gone } = told.present
          ? roster.compare(stays.open, told.present)
          : list.compare(stays.open, told.live, clock.now());
        for (const player of arrived) stays.notice(player);
        for (const name of gone) stays.miss(name);
        if (arrived.length + gone.length > 0) await store(false);
      }).catch(report),
    settle: async (at) => {
      closing.abort();
      await following;
      await inTurn("", async () => {
        const isKnown = await open();
        const size = await stat(path).then(
          (found) => found.size,
          () => 0,
        );
        // A log that nobody has read yet tells of times before mcsd looked; a shorter one than was read is another.
        if (!isKnown) mark = { next: size, at: mark.at };
        else if (mark.next > size) mark = { next: 0, at: mark.at };
        if (size > mark.next)
          for await (const { lines, next } of readLogForward(path, mark.next, size))
            await read(
              lines.map(({ start, text }) => ({ id: String(start), text, seenAt: null })),
              next,
            );
        stays.endAll(at);
        await store(true);
      });
    },
  };
}

/** The server was deleted meanwhile (foreign key violation). */
function isGone(error: unknown): boolean {
  const code = (error as { cause?: { code?: unknown } }).cause?.code ?? (error as { code?: unknown }).code;
  return code === "23503";
}
