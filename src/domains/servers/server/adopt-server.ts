import type { LaunchHandle } from "../../launch/server/launch-strategy";
import type { CausedBy } from "../contract";
import type { TransitionRecorder } from "./record-transition";
import { reportEnd } from "./report-end";
import type { Supervisor, SupervisorDeps } from "./supervisor";
import type { TrackedServer } from "./tracked-server";

export interface Adoption {
  deps: SupervisorDeps;
  recorder: TransitionRecorder;
  attach(tracked: TrackedServer, handle: LaunchHandle): void;
  afterCrash(tracked: TrackedServer, cause: string): void;
  halt: Supervisor["halt"];
  wake(): void;
  isClosing(): boolean;
}

const retryMs = 5000;
const by: CausedBy = { kind: "system", name: "reconcile" };

/**
 * Makes the tracked state true after a restart of mcsd: follows a process that runs, finishes a stop that was cut off,
 * reports an end that nobody saw. Never kills what it cannot identify: that is `unknown`, and tried again on a timer.
 */
export async function adoptServer(adoption: Adoption, tracked: TrackedServer, wasInterrupted: boolean): Promise<void> {
  const { deps, recorder } = adoption;
  const { record } = tracked;
  const before = record.state;
  try {
    const found = await deps.strategies[record.launchKind].adopt(record.id, record.launchRef);
    if (found.handle) adoptRunning(adoption, tracked, found.handle);
    else await recordAbsence(adoption, tracked, found.exit, wasInterrupted);
    adoption.wake();
  } catch (error) {
    deps.log.warn({ err: error, serverId: record.id }, "a server cannot be tracked at the moment");
    if (before !== "unknown")
      void recorder.record(tracked, {
        to: "unknown",
        by,
        detail: { reason: String((error as Error).message).slice(0, 300) },
      });
    const timer = setTimeout(() => {
      if (!adoption.isClosing()) void adoptServer(adoption, tracked, wasInterrupted);
    }, retryMs);
    timer.unref();
  }
}

function adoptRunning(adoption: Adoption, tracked: TrackedServer, handle: LaunchHandle): void {
  const { recorder } = adoption;
  const { state, desiredState } = tracked.record;
  if (state === "running") {
    adoption.attach(tracked, handle);
    void recorder.note(tracked, "adopted", by, { pid: handle.ref.pid });
    return;
  }
  void recorder.record(tracked, {
    to: "starting",
    by,
    detail: { adopted: true, pid: handle.ref.pid },
    columns: { launchRef: handle.ref },
  });
  adoption.attach(tracked, handle);
  if (desiredState === "stopped") void adoption.halt(tracked, { by, how: "stop" }, false);
}

async function recordAbsence(
  adoption: Adoption,
  tracked: TrackedServer,
  exit: Parameters<typeof reportEnd>[1] | null,
  wasInterrupted: boolean,
): Promise<void> {
  const { deps, recorder } = adoption;
  const { record } = tracked;
  const wasAlive = record.state !== "stopped";
  let crashed: string | null = null;
  if (wasAlive) {
    if (record.desiredState === "stopped" || wasInterrupted) tracked.asked = { by, how: "stop" };
    const { path } = await deps.consoleLog(record.id);
    const seen = exit ?? { code: null, signal: null, outOfMemory: false, at: deps.clock.now().toISOString() };
    const lastEnd = await reportEnd(tracked, seen, {
      serverFolder: deps.dataDir.paths.serverFolder(record.id),
      consoleLog: path,
    });
    tracked.asked = null;
    if (lastEnd.isCrash) crashed = lastEnd.cause;
    const detail = { cause: lastEnd.cause, params: lastEnd.params, isCrash: lastEnd.isCrash, whileAway: true };
    const columns = {
      lastEnd,
      launchRef: null,
      ...(lastEnd.cause === "stopped_from_outside" ? { desiredState: "stopped" as const } : {}),
    };
    void recorder.record(tracked, { to: "stopped", by, detail, columns });
  }
  if (record.desiredState !== "running") return;
  if (wasInterrupted || record.autoStart) return;
  if (crashed) adoption.afterCrash(tracked, crashed);
  else void recorder.note(tracked, "left", by, { attempts: 0 }, { desiredState: "stopped" });
}
