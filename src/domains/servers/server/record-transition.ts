import type { Clock } from "@/server/clock";
import type { Database } from "@/server/db/connect";
import { isDatabaseDown } from "@/server/errors";
import type { EventBus } from "@/server/event-bus";
import type { Logger } from "@/server/logger";
import type { CausedBy, ServerState } from "../contract";
import { insertTimeline, updateServerRow } from "./repository";
import type { servers } from "./table";
import { type TrackedServer, toServer } from "./tracked-server";

interface Deps {
  db: Database;
  clock: Clock;
  log: Logger;
  events: EventBus;
}

export interface Transition {
  to: ServerState;
  by: CausedBy;
  detail?: Record<string, unknown>;
  /** More columns that change with the state. */
  columns?: Pick<Partial<typeof servers.$inferInsert>, "lastEnd" | "launchRef" | "desiredState">;
}

export interface TransitionRecorder {
  /** Changes the observed state at once and saves it with its timeline row; resolves when saved. Never rejects. */
  record(tracked: TrackedServer, transition: Transition): Promise<void>;
  /** A timeline row without a change of the observed state; `columns` change with it. */
  note(
    tracked: TrackedServer,
    kind: string,
    by: CausedBy,
    detail?: Record<string, unknown>,
    columns?: Pick<Partial<typeof servers.$inferInsert>, "desiredState" | "launchRef">,
  ): Promise<void>;
  publish(tracked: TrackedServer): void;
}

/**
 * Writes what is observed. The process is the truth and the row follows: while the database is away the rows are held in
 * order, per server, and written when it is back.
 */
export function createTransitionRecorder({ db, clock, log, events }: Deps): TransitionRecorder {
  const chains = new Map<string, Promise<void>>();

  const publish = (tracked: TrackedServer) =>
    events.publish({
      ownerId: tracked.record.ownerId,
      event: { kind: "server", server: toServer(tracked.record, tracked) },
    });

  const enqueue = (serverId: string, write: () => Promise<void>) => {
    const next = (chains.get(serverId) ?? Promise.resolve()).then(() => persistently(write, clock, log, serverId));
    chains.set(serverId, next);
    void next.then(() => chains.get(serverId) === next && chains.delete(serverId));
    return next;
  };

  const write = (
    tracked: TrackedServer,
    columns: Partial<typeof servers.$inferInsert> | null,
    entry: Omit<Parameters<typeof insertTimeline>[1], "serverId">,
  ) => {
    const serverId = tracked.record.id;
    return enqueue(serverId, async () => {
      const saved = await db.transaction(async (tx) => {
        if (columns) await updateServerRow(tx, serverId, columns);
        return insertTimeline(tx, { ...entry, serverId });
      });
      events.publish({ ownerId: tracked.record.ownerId, event: { kind: "timeline", serverId, entry: saved } });
    });
  };

  return {
    publish,
    record(tracked, { to, by, detail, columns }) {
      const from = tracked.record.state;
      const at = clock.now();
      const changes = { state: to, stateSince: at, ...columns };
      Object.assign(tracked.record, changes);
      publish(tracked);
      return write(tracked, changes, { at, kind: "state", from, to, by, detail: detail ?? {} });
    },
    note(tracked, kind, by, detail, columns) {
      Object.assign(tracked.record, columns);
      if (columns?.desiredState) publish(tracked);
      return write(tracked, columns ?? null, { at: clock.now(), kind, by, detail: detail ?? {} });
    },
  };
}

async function persistently(write: () => Promise<void>, clock: Clock, log: Logger, serverId: string): Promise<void> {
  for (let attempt = 0, faults = 0; ; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (isMissingRow(error)) return;
      // An outage is waited out; anything else must not hold up all that happens to this server afterwards.
      if (!isDatabaseDown(error) && ++faults === 3) return log.error({ err: error, serverId }, "a state was not saved");
      log.warn({ err: error, serverId, attempt }, "a state could not be saved yet");
      await clock.sleep(Math.min(5000, 250 * 2 ** attempt));
    }
  }
}

/** The server was deleted meanwhile: its timeline went with it (foreign key violation). */
function isMissingRow(error: unknown): boolean {
  const code = (error as { cause?: { code?: unknown } }).cause?.code ?? (error as { code?: unknown }).code;
  return code === "23503";
}
