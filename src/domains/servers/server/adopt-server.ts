import { isAppError } from "@/server/errors";
import { type ExitInfo, trackLossReasons } from "../../launch/contract";
import { describeRef, type LaunchHandle, type TrackLoss } from "../../launch/server/launch-strategy";
import type { CausedBy } from "../contract";
import type { TransitionRecorder } from "./record-transition";
import type { Resumable } from "./recover-operations";
import { reportEnd } from "./report-end";
import type { ServerRecord } from "./repository";
import type { Supervisor, SupervisorDeps } from "./supervisor";
import type { TrackedServer } from "./tracked-server";

export interface Adoption {
  deps: SupervisorDeps;
  recorder: TransitionRecorder;
  attach(tracked: TrackedServer, handle: LaunchHandle): void;
  afterCrash(tracked: TrackedServer, cause: string): void;
  halt: Supervisor["halt"];
  /** Takes the server's second half of a restart up again. */
  start(serverId: string): Promise<unknown>;
  wake(): void;
  isClosing(): boolean;
  /** mcsd has just begun, and starts what is to be started by itself. */
  isBoot: boolean;
}

const retryMs = 5000;
const by: CausedBy = { kind: "system", name: "reconcile" };
const outside: CausedBy = { kind: "outside", name: "outside" };

/**
 * Makes the tracked state true after a restart of mcsd: follows a process that runs, finishes a stop that was cut off,
 * reports an end that nobody saw. Never kills what it cannot identify: that is `unknown`, and tried again on a timer.
 */
export async function adoptServer(adoption: Adoption, tracked: TrackedServer, cutOff: Resumable | null): Promise<void> {
  const { deps, recorder } = adoption;
  const { record } = tracked;
  // A timer and an event may ask at the same moment.
  if (tracked.isBeingAdopted || tracked.handle) return;
  tracked.isBeingAdopted = true;
  try {
    const found = await deps.strategies[record.launchKind].adopt(record.id, record.launchRef);
    if (tracked.launching || tracked.handle) return found.handle?.release();
    // What has ended while its engine was away has ended with it.
    const withEngine = tracked.loss?.reason === "engine_unreachable";
    tracked.loss = null;
    if (found.handle) adoptRunning(adoption, tracked, found.handle, cutOff);
    else await recordAbsence(adoption, tracked, { exit: found.exit, withEngine }, cutOff);
    adoption.wake();
  } catch (error) {
    const loss = toLoss(error);
    if (record.state !== "unknown" || tracked.loss?.message !== loss.message) {
      deps.log.warn({ err: error, serverId: record.id }, "a server cannot be tracked at the moment");
      tracked.loss = loss;
      void recorder.record(tracked, { to: "unknown", by, detail: { reason: loss.message } });
    }
    const timer = setTimeout(() => {
      if (!adoption.isClosing()) void adoptServer({ ...adoption, isBoot: false }, tracked, cutOff);
    }, retryMs);
    timer.unref();
  } finally {
    tracked.isBeingAdopted = false;
  }
}

function toLoss(error: unknown): TrackLoss {
  const message = String((error as Error).message).slice(0, 300);
  const reason = isAppError(error) ? trackLossReasons.find((known) => known === error.details.reason) : undefined;
  return { reason: reason ?? "unidentified", message };
}

function adoptRunning(
  adoption: Adoption,
  tracked: TrackedServer,
  handle: LaunchHandle,
  cutOff: Resumable | null,
): void {
  const { recorder } = adoption;
  const { id, state, desiredState: wanted } = tracked.record;
  // Only mcsd starts a process of the host; a container can be started by anybody who may use the engine.
  const isOutside = state === "stopped" && wanted === "stopped" && handle.ref.kind !== "host";
  const desiredState = isOutside ? "running" : wanted;
  // A run of its own, which is not to be explained by the words of the one before.
  if (state === "stopped") Object.assign(tracked, { firstLine: null, launchedAt: null, asked: null });
  if (state !== "running") {
    const detail = { adopted: true, ...describeRef(handle.ref) };
    const columns = { launchRef: handle.ref, desiredState };
    void recorder.record(tracked, { to: "starting", by: isOutside ? outside : by, detail, columns });
  }
  adoption.attach(tracked, handle);
  if (state === "running") void recorder.note(tracked, "adopted", by, describeRef(handle.ref));
  if (desiredState === "stopped") return void adoption.halt(tracked, { by, how: "stop" }, false).catch(warn);
  // Of a restart's two halves this is the first: the end of the old process is always recorded before the new one begins.
  const isFirstHalf = cutOff === "servers.restart" && (state === "running" || state === "stopping");
  if (!isFirstHalf) return;
  void adoption
    .halt(tracked, { by, how: "restart" }, false)
    .then(() => adoption.start(id))
    .catch(warn);

  function warn(error: unknown): void {
    adoption.deps.log.warn({ err: error, serverId: id }, "what was cut off could not be finished");
  }
}

async function recordAbsence(
  adoption: Adoption,
  tracked: TrackedServer,
  { exit, withEngine }: { exit: ExitInfo | null; withEngine: boolean },
  cutOff: Resumable | null,
): Promise<void> {
  const { deps, recorder } = adoption;
  const { record } = tracked;
  // One that had stopped before it went out of sight has no end to tell of.
  const hadStopped = record.state === "unknown" && record.launchRef === null && exit === null;
  const neverBegan = isBeforeLaunch(record, exit);
  const wasAlive = record.state !== "stopped" && !hadStopped && !neverBegan;
  let crashed: string | null = null;
  if (!wasAlive && record.lastEnd?.isCrash) crashed = record.lastEnd.cause;
  // Who wanted it to run wants so still.
  else if (neverBegan) crashed = "unknown";
  if (wasAlive) {
    // A crash report that it wrote since is its own.
    tracked.launchedAt = record.stateSince;
    if (record.desiredState === "stopped" || cutOff) tracked.asked = { by, how: "stop" };
    const { path } = await deps.consoleLog(record.id);
    const seen = exit ?? { code: null, signal: null, outOfMemory: false, at: deps.clock.now().toISOString() };
    const ended = withEngine ? { ...seen, withEngine } : seen;
    const lastEnd = await reportEnd(tracked, ended, {
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
  if (hadStopped || neverBegan) void recorder.record(tracked, { to: "stopped", by, detail: {} });
  if (tracked.trial || record.desiredState !== "running") return;
  // At the boot these are started by it, one after the other.
  if (adoption.isBoot && (cutOff || record.autoStart)) return;
  if (cutOff) {
    void adoption.start(record.id).catch((error) => {
      deps.log.warn({ err: error, serverId: record.id }, "what was cut off could not be finished");
    });
    return;
  }
  if (crashed) adoption.afterCrash(tracked, crashed);
  else void recorder.note(tracked, "left", by, { attempts: 0 }, { desiredState: "stopped" });
}

/** mcsd ended when a start was written down and no process there yet: the exit that is found is that of the one before. */
function isBeforeLaunch({ state, launchRef, stateSince }: ServerRecord, exit: ExitInfo | null): boolean {
  if (state !== "starting" || launchRef !== null) return false;
  return exit === null || new Date(exit.at) < stateSince;
}
