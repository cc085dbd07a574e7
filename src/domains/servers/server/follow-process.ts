import type { ExitInfo } from "../../launch/contract";
import type { LaunchHandle, TrackLoss } from "../../launch/server/launch-strategy";
import type { CausedBy } from "../contract";
import { closeConnections, type GameConnections } from "./game-connections";
import type { TransitionRecorder } from "./record-transition";
import { reportEnd } from "./report-end";
import type { CrashRetries } from "./retry-after-crash";
import type { SupervisorDeps } from "./supervisor";
import { noLiveStatus, type TrackedServer } from "./tracked-server";
import { sampleLive, untilReady } from "./watch-server";

interface Follow {
  deps: SupervisorDeps;
  recorder: TransitionRecorder;
  retries: CrashRetries;
  connections: Pick<GameConnections, "manage">;
  /** Tells those who wait for a state. */
  wake(): void;
  isClosing(): boolean;
  /** Looks for the process anew, now and then on a timer. */
  adopt(tracked: TrackedServer): Promise<void>;
}

const readiness: CausedBy = { kind: "system", name: "readiness" };
const outside: CausedBy = { kind: "outside", name: "outside" };
const reconcile: CausedBy = { kind: "system", name: "reconcile" };

/** Follows a process from here on, whoever started it: readiness, live values, and how it ends. */
export function followProcess(follow: Follow, tracked: TrackedServer, handle: LaunchHandle): void {
  const { clock, events } = follow.deps;
  const { recorder, connections } = follow;
  const watch = new AbortController();
  Object.assign(tracked, { handle, watch, launchedAt: tracked.launchedAt ?? clock.now() });
  tracked.ended = handle.exited.then((exit) => recordEnd(follow, tracked, handle, exit));
  void handle.lost?.then((loss) => loseSight(follow, tracked, handle, loss));
  connections.manage(tracked, () => recorder.publish(tracked));
  if (tracked.record.state === "starting") void becomeReady(follow, tracked, watch.signal);
  void sampleLive(clock, tracked, watch.signal, () =>
    events.publish({
      ownerId: tracked.record.ownerId,
      event: { kind: "live", serverId: tracked.record.id, live: tracked.live },
    }),
  );
}

async function becomeReady({ deps, recorder, wake }: Follow, tracked: TrackedServer, signal: AbortSignal) {
  try {
    const seen = await untilReady(deps, tracked, signal);
    if (tracked.record.state !== "starting" || signal.aborted) return;
    const ms = tracked.launchedAt ? deps.clock.now().getTime() - tracked.launchedAt.getTime() : 0;
    const detail = { seen, seconds: Math.round(ms / 100) / 10 };
    void recorder.record(tracked, { to: "running", by: readiness, detail });
    wake();
  } catch {
    // The process ended first, or mcsd is closing.
  }
}

/** Lets go of a process that cannot be tracked, without touching it, and looks for it from now on. */
function loseSight(follow: Follow, tracked: TrackedServer, handle: LaunchHandle, loss: TrackLoss): void {
  if (follow.isClosing() || tracked.handle !== handle) return;
  tracked.watch?.abort();
  handle.release();
  closeConnections(tracked);
  Object.assign(tracked, { handle: null, watch: null, asked: null, stopping: null });
  // Its end is not this handle's to tell: who waits for it would wait for ever.
  Object.assign(tracked, { live: noLiveStatus, present: null, usage: null, loss, ended: Promise.resolve() });
  void follow.recorder.record(tracked, { to: "unknown", by: reconcile, detail: { reason: loss.message } });
  follow.wake();
  void follow.adopt(tracked);
}

async function recordEnd(follow: Follow, tracked: TrackedServer, handle: LaunchHandle, exit: ExitInfo): Promise<void> {
  const { deps, recorder, retries } = follow;
  if (follow.isClosing()) return;
  const { asked, record } = tracked;
  const rung = tracked.stopping ? await tracked.stopping.catch(() => null) : null;
  tracked.watch?.abort();
  handle.release();
  closeConnections(tracked);
  const serverFolder = deps.dataDir.paths.serverFolder(record.id);
  const { path } = await deps.consoleLog(record.id);
  const end = await reportEnd(tracked, exit, { serverFolder, consoleLog: path });
  if (rung) end.params.rung = rung;
  Object.assign(tracked, { handle: null, watch: null, asked: null, stopping: null });
  Object.assign(tracked, { live: noLiveStatus, present: null, usage: null });
  const isLeft = end.cause === "stopped_from_outside";
  const columns = { lastEnd: end, launchRef: null, ...(isLeft ? { desiredState: "stopped" as const } : {}) };
  const detail = { cause: end.cause, params: end.params, isCrash: end.isCrash, asked: asked?.how ?? null };
  const saved = recorder.record(tracked, { to: "stopped", by: asked?.by ?? outside, detail, columns });
  if (end.isCrash) retries.afterCrash(tracked, end.cause);
  follow.wake();
  await saved;
}
