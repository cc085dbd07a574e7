import type { AppErrorLike } from "@/lib/is-app-error";
import type { Actor, PersonActor } from "@/server/auth/actor";
import type { Clock } from "@/server/clock";
import type { Database } from "@/server/db/connect";
import { categoryOf, isAppError } from "@/server/errors";
import type { Logger } from "@/server/logger";
import { recordAudit } from "./record-audit";

export interface RefusedCall {
  actor: Actor | null;
  /** What was tried: a procedure's name, or `domain.verb` for plain HTTP. */
  action: string;
  thrown: unknown;
}

export interface RefusalRecorder {
  /**
   * Writes a row when somebody was refused for want of rights, or reached for what exists but is hidden from them. Everything
   * else that was thrown is left alone. Never rejects, and holds nothing of the call's input. For what is hidden it resolves at
   * once: the answer must not take longer than for what does not exist.
   */
  record(call: RefusedCall): Promise<void>;
  /** Writes how many rows were left out, for every person with a minute that has not ended. */
  flush(): Promise<void>;
}

interface Minute {
  actor: PersonActor;
  endsAt: number;
  rows: number;
  leftOut: number;
}

const windowMs = 60_000;
export const rowsPerMinute = 30;
/** Refusals that are no attempt at what one may not do. */
const harmless = new Set(["REAUTHENTICATION_REQUIRED", "ORIGIN_REFUSED", "REGISTRATION_CLOSED"]);
/** Refusals by a rule about people that are no lack of rights. */
const byRule = new Set(["LAST_ADMINISTRATOR"]);

/** At most 30 rows a minute and person, then one that says how many were left out: a loop of refused calls cannot flood the log. */
export function createRefusalRecorder(deps: { db: Database; clock: Clock; log: Logger }): RefusalRecorder {
  const { db, clock, log } = deps;
  const minutes = new Map<string, Minute>();
  const recorded = new WeakSet<object>();

  const write = async (actor: Actor, entry: Parameters<typeof recordAudit>[2]) => {
    try {
      await recordAudit(db, actor, { ...entry, result: "refused" });
    } catch (error) {
      log.warn({ err: error, action: entry.action }, "a refused call could not be recorded");
    }
  };

  const end = async (key: string, minute: Minute) => {
    if (minutes.get(key) === minute) minutes.delete(key);
    const { leftOut, actor } = minute;
    minute.leftOut = 0;
    if (leftOut > 0) await write(actor, { action: "audit.leftOut", details: { leftOut } });
  };

  const minuteOf = (actor: PersonActor): Minute => {
    const now = clock.now().getTime();
    const known = minutes.get(actor.userId);
    if (known && known.endsAt > now) return known;
    if (known) void end(actor.userId, known);
    const minute = { actor, endsAt: now + windowMs, rows: 0, leftOut: 0 };
    minutes.set(actor.userId, minute);
    setTimeout(() => void end(actor.userId, minute), windowMs).unref();
    return minute;
  };

  return {
    async record({ actor, action, thrown }) {
      if (!actor || actor.kind === "system" || !isRefusal(thrown) || recorded.has(thrown)) return;
      recorded.add(thrown);
      const minute = minuteOf(actor);
      minute.actor = actor;
      if (minute.rows >= rowsPerMinute) return void minute.leftOut++;
      minute.rows++;
      const { code, hides } = thrown;
      const { permission, userId } = thrown.details;
      const details = { code, ...(typeof permission === "string" ? { permission } : {}) };
      const person = typeof userId === "string" ? { kind: "user", id: userId } : undefined;
      const writing = write(actor, { action, target: hides ?? person, details });
      if (!hides) await writing;
    },
    async flush() {
      await Promise.all([...minutes].map(([key, minute]) => end(key, minute)));
    },
  };
}

function isRefusal(thrown: unknown): thrown is AppErrorLike {
  if (!isAppError(thrown)) return false;
  if (byRule.has(thrown.code)) return true;
  return Boolean(thrown.hides) || (categoryOf(thrown.code) === "AUTHORIZATION_ERROR" && !harmless.has(thrown.code));
}
