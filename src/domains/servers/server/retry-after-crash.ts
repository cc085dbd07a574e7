import type { Clock } from "@/server/clock";
import { isAppError, isDatabaseDown } from "@/server/errors";
import type { Logger } from "@/server/logger";
import type { CausedBy } from "../contract";
import { decideAfterCrash } from "./crash-policy";
import type { TransitionRecorder } from "./record-transition";
import type { TrackedServer } from "./tracked-server";

export interface CrashRetries {
  /** Plans another start by the server's policy, or gives up; either way it shows. */
  afterCrash(tracked: TrackedServer, cause: string): void;
  /** True when a start was waiting. */
  cancel(tracked: TrackedServer): boolean;
}

interface Deps {
  clock: Clock;
  log: Logger;
  recorder: TransitionRecorder;
  restart(serverId: string): Promise<unknown>;
}

const by: CausedBy = { kind: "system", name: "crash-policy" };
const outageMs = 5000;
const busyMs = 1000;

export function createCrashRetries({ clock, log, recorder, restart }: Deps): CrashRetries {
  const cancel = (tracked: TrackedServer): boolean => {
    if (!tracked.retryAt) return false;
    tracked.cancelRetry?.();
    Object.assign(tracked, { retryAt: null, cancelRetry: null });
    recorder.publish(tracked);
    return true;
  };

  const plan = (tracked: TrackedServer, at: Date) => {
    const timer = setTimeout(() => startAgain(tracked), at.getTime() - clock.now().getTime());
    tracked.retryAt = at;
    tracked.cancelRetry = () => clearTimeout(timer);
    recorder.publish(tracked);
  };

  const startAgain = (tracked: TrackedServer) => {
    cancel(tracked);
    tracked.restarts.push(clock.now().getTime());
    restart(tracked.record.id).catch((error) => {
      log.warn({ err: error, serverId: tracked.record.id }, "automatic restart failed");
      const isBusy = isAppError(error) && error.code === "SERVER_BUSY" && tracked.record.state === "stopped";
      if (!isBusy && !isDatabaseDown(error)) return;
      // Without a database, or while a snapshot is taken, nothing was started, so nothing has been tried either.
      tracked.restarts.pop();
      plan(tracked, new Date(clock.now().getTime() + (isBusy ? busyMs : outageMs)));
    });
  };

  return {
    cancel,
    afterCrash(tracked, cause) {
      if (tracked.trial || tracked.record.desiredState !== "running") return;
      const decision = decideAfterCrash(tracked.record.crashPolicy, cause, tracked.restarts, clock.now());
      if (decision.kind !== "retry") {
        const attempts = decision.kind === "give-up" ? decision.attempts : 0;
        void recorder.note(tracked, attempts > 0 ? "gave-up" : "left", by, { attempts }, { desiredState: "stopped" });
        return;
      }
      plan(tracked, decision.at);
      void recorder.note(tracked, "retry", by, { at: decision.at.toISOString(), attempt: decision.attempt });
    },
  };
}
