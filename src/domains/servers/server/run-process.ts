import { AppError } from "@/server/errors";
import type { RconPort } from "../../console/server/rcon-port";
import { describeRef, type LaunchHandle, type StartProgress } from "../../launch/server/launch-strategy";
import type { CausedBy } from "../contract";
import { prepareLaunch } from "./prepare-launch";
import type { TransitionRecorder } from "./record-transition";
import { reportFailedStart } from "./report-end";
import { settleManagement } from "./settle-management";
import type { SupervisorDeps } from "./supervisor";
import { type AskedEnd, noLiveStatus, type TrackedServer } from "./tracked-server";

interface Run {
  deps: SupervisorDeps;
  recorder: TransitionRecorder;
  portHolder(port: number, exceptId: string): string | null;
  attach(tracked: TrackedServer, handle: LaunchHandle): void;
  rcon(tracked: TrackedServer): RconPort;
  beforeLaunch(tracked: TrackedServer): Promise<void>;
  wake(): void;
}

const graceMs = 75_000;
const termMs = 10_000;
const forceTermMs = 5000;

/** From stopped to a process that exists; a failure is recorded with its cause and thrown. */
export async function launchProcess(
  run: Run,
  tracked: TrackedServer,
  { by, onProgress }: { by: CausedBy; onProgress: StartProgress },
): Promise<void> {
  const { deps, recorder } = run;
  const { record } = tracked;
  const launching = new AbortController();
  const launchedAt = deps.clock.now();
  Object.assign(tracked, { launching, asked: null, stopping: null, live: noLiveStatus, present: null, launchedAt });
  void recorder.record(tracked, { to: "starting", by });
  try {
    await run.beforeLaunch(tracked);
    await settleManagement(deps, record);
    const preparation = { ...deps, portHolder: run.portHolder };
    const [spec, output] = await Promise.all([prepareLaunch(preparation, record), deps.consoleLog(record.id)]);
    launching.signal.throwIfAborted();
    tracked.firstLine = String(output.size);
    const handle = await deps.strategies[record.launchKind].start(spec, launching.signal, onProgress);
    tracked.launching = null;
    tracked.record.launchRef = handle.ref;
    run.attach(tracked, handle);
    // A kill that came too late to break the start off still means this process.
    if (wasKilled(tracked)) void handle.kill().catch((error) => deps.log.error({ err: error }, "a kill failed"));
    void recorder.note(tracked, "launched", by, describeRef(handle.ref), { launchRef: handle.ref });
  } catch (error) {
    tracked.launching = null;
    const lastEnd = reportFailedStart(error, deps.clock);
    const detail = { cause: lastEnd.cause, params: lastEnd.params, isCrash: false };
    const columns = { lastEnd, launchRef: null, desiredState: "stopped" as const };
    void recorder.record(tracked, { to: "stopped", by: tracked.asked?.by ?? by, detail, columns });
    run.wake();
    throw error;
  }
}

function wasKilled({ asked }: TrackedServer): boolean {
  return asked?.how === "kill";
}

/** Walks the stop ladder; resolves when the end is recorded. */
export async function haltProcess(run: Run, tracked: TrackedServer, asked: AskedEnd, force: boolean): Promise<void> {
  const { handle } = tracked;
  if (!handle) return tracked.ended;
  const isReady = tracked.record.state === "running";
  tracked.asked = asked;
  void run.recorder.record(tracked, { to: "stopping", by: asked.by, detail: { force } });
  const askByRcon = async () => {
    if (!isReady || force) return false;
    await run.rcon(tracked).command("stop", { timeoutMs: 5000 });
    return true;
  };
  const limits = force ? { graceMs: 0, termMs: forceTermMs } : { graceMs, termMs };
  tracked.stopping = handle
    .stop({ ...limits, askNicely: () => askByRcon().catch(() => false) })
    .then((done) => done.rung);
  await tracked.stopping;
  await tracked.ended;
}

/** SIGKILL now, also in the middle of a start; resolves when the end is recorded. */
export async function killProcess(
  tracked: TrackedServer,
  by: CausedBy,
  settled: (tracked: TrackedServer) => Promise<void>,
): Promise<void> {
  tracked.asked = { by, how: "kill" };
  if (tracked.launching) {
    tracked.launching.abort(new AppError("JOB_CANCELLED", "The start was broken off."));
    await settled(tracked);
  }
  if (tracked.handle) await tracked.handle.kill();
  await tracked.ended;
}
