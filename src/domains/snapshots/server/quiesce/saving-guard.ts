import type { Clock } from "@/server/clock";
import { outlastOutage } from "@/server/db/outlast-outage";
import { AppError } from "@/server/errors";
import { linkSignals } from "@/server/link-signals";
import type { Logger } from "@/server/logger";
import type { LogHub } from "../../../console/server/log-hub";
import type { Supervisor } from "../../../servers/server/supervisor";
import { managementOf, type TrackedServer } from "../../../servers/server/tracked-server";
import { confirmCommand, type Game, saysItself } from "./confirm-command";
import { isAutosaveOn, saveByManagement, switchAutosaveOn } from "./save-by-management";
import type { SavingMarks } from "./saving-marks";

/** A game that has everything on disk and writes no more, until `release`. */
export interface Quiet {
  /** The process is gone: it may have saved once more, and its files are at rest now. */
  readonly hasEnded: boolean;
  /** Somebody in the game has switched saving on meanwhile. */
  readonly isBroken: boolean;
  /** Switches saving on again, trying by itself for as long as it takes; waits for that at most `waitMs`. */
  release(waitMs?: number): Promise<Released>;
}

export interface Released {
  /**
   * `on`: the game has confirmed it, so that it had not begun its last save before: it was quiet until now. `ended`: the process is
   * gone, perhaps with a last save while it was thought quiet. `pending`: neither is known yet.
   */
  outcome: "on" | "ended" | "pending";
  offMs: number;
}

export interface SavingGuard {
  /** Takes up what an earlier mcsd promised. Returns at once; each server is tried until it answers or has ended. */
  boot(): Promise<void>;
  /**
   * The game's own saving off, all of it saved, and the game's own word that it is done: by its management service, else `save-off` and
   * `save-all flush`. Rejects with NOT_QUIET and saving as it was when the game does not give it. A game that ends meanwhile is quiet in
   * its own way, and one whose saving was off before keeps it so.
   */
  quiesce(tracked: TrackedServer, signal: AbortSignal): Promise<Quiet>;
}

interface Deps {
  supervisor: Pick<Supervisor, "find" | "rcon" | "recorder">;
  logHub: Pick<LogHub, "recent" | "onLine">;
  marks: SavingMarks;
  clock: Clock;
  log: Logger;
  shutdown: AbortSignal;
  /** How long the game may take to answer, in ms; `flush`: to save all it has. */
  limits?: { off: number; flush: number; on: number; told: number };
}

const pauseMs = 1_000;
const usualWaitMs = 15_000;
const off = /Automatic saving is now disabled|Saving is already turned off|Turned off world auto-saving/i;
const saved = /Saved the (?:game|world)/i;
const on = /Automatic saving is now enabled|Saving is already turned on|Turned on world auto-saving/i;

export function createSavingGuard(deps: Deps): SavingGuard {
  const { supervisor, marks, clock, log, limits = { off: 15_000, flush: 60_000, on: 5_000, told: 5_000 } } = deps;
  const pending = new Map<string, Promise<Released["outcome"]>>();

  const gameOf = (tracked: TrackedServer): Game | null =>
    tracked.handle && {
      serverId: tracked.record.id,
      rcon: supervisor.rcon(tracked),
      handle: tracked.handle,
      logHub: deps.logHub,
      clock,
    };

  /** Until the game says that saving is on, or there is no game any more. */
  const switchOn = async (serverId: string, isPromiseOfOld: boolean): Promise<Released["outcome"]> => {
    let outcome: Released["outcome"] = "ended";
    for (;;) {
      const tracked = supervisor.find(serverId);
      if (!tracked || (tracked.record.state === "stopped" && !tracked.handle)) break;
      const game = tracked.record.state === "running" || !isPromiseOfOld ? gameOf(tracked) : null;
      try {
        if (game) {
          const isOn = tracked && (await switchAutosaveOn(managementOf(tracked), limits.on));
          if (!isOn)
            await confirmCommand(game, {
              command: "save-on",
              confirmed: on,
              timeoutMs: limits.on,
              signal: new AbortController().signal,
            });
          outcome = "on";
          if (isPromiseOfOld)
            void supervisor.recorder.note(tracked, "saving-on", { kind: "system", name: "reconcile" });
          break;
        }
      } catch (error) {
        log.warn({ err: error, serverId }, "saving is not on again yet");
      }
      await clock.sleep(pauseMs);
    }
    await outlastOutage(() => marks.clear(serverId), { clock, shutdown: new AbortController().signal });
    return outcome;
  };

  const ensureOn = (serverId: string, isPromiseOfOld: boolean): Promise<Released["outcome"]> => {
    const known = pending.get(serverId);
    if (known) return known;
    const work = switchOn(serverId, isPromiseOfOld)
      .catch((error): Released["outcome"] => {
        log.error({ err: error, serverId }, "saving could not be switched on again");
        return "pending";
      })
      .finally(() => pending.delete(serverId));
    pending.set(serverId, work);
    return work;
  };

  return {
    async boot() {
      for (const serverId of await marks.list()) void ensureOn(serverId, true);
    },

    async quiesce(tracked, signal) {
      const { id: serverId } = tracked.record;
      await pending.get(serverId);
      const { handle } = tracked;
      const game = gameOf(tracked);
      if (!handle || !game) throw new AppError("NOT_RUNNING", "The server is not running any more.");
      // Off already, and not by our promise: somebody wants it so.
      const wasOff = (await isAutosaveOn(managementOf(tracked), limits.on)) === false;
      let hasEnded = false;
      const ending = linkSignals(signal);
      const gone = handle.exited.then(() => {
        hasEnded = true;
        ending.abort();
      });
      if (!wasOff) await marks.set(serverId, clock.now());
      const since = performance.now();
      let isBroken = false;
      let stopListening = () => {};
      const release = async (waitMs = usualWaitMs): Promise<Released> => {
        stopListening();
        const isOn = await isAutosaveOn(managementOf(tracked), limits.on);
        isBroken ||= isOn === true;
        if (wasOff) {
          if (isOn === null) await Promise.race([gone, clock.sleep(pauseMs)]);
          return { outcome: hasEnded ? "ended" : isOn === null ? "pending" : "on", offMs: 0 };
        }
        const timer = new AbortController();
        const late = clock.sleep(waitMs, timer.signal).then((): Released["outcome"] => "pending");
        late.catch(() => {});
        const outcome = await Promise.race([ensureOn(serverId, false), late]);
        timer.abort();
        return { outcome, offMs: Math.round(performance.now() - since) };
      };
      const quiet: Quiet = {
        get hasEnded() {
          return hasEnded;
        },
        get isBroken() {
          return isBroken;
        },
        release,
      };
      try {
        const management = managementOf(tracked);
        const { signal: over } = ending;
        if (!management || !(await saveByManagement(management, { clock, limits, signal: over }))) {
          await confirmCommand(game, { command: "save-off", confirmed: off, timeoutMs: limits.off, signal: over });
          await confirmCommand(game, {
            command: "save-all flush",
            confirmed: saved,
            timeoutMs: limits.flush,
            signal: over,
          });
        }
      } catch (error) {
        // A process that is about to go refuses before it is gone.
        if (!hasEnded) await Promise.race([gone, clock.sleep(pauseMs)]);
        if (hasEnded && !signal.aborted) return quiet;
        await release();
        throw error;
      } finally {
        ending.release();
      }
      const { next } = await deps.logHub.recent(serverId, 1);
      stopListening = deps.logHub.onLine(serverId, next, ({ text }) => {
        isBroken ||= saysItself(text, on);
      });
      return quiet;
    },
  };
}
