import type { Clock } from "@/server/clock";
import type { Database } from "@/server/db/connect";
import { AppError } from "@/server/errors";
import type { EventBus } from "@/server/event-bus";
import type { Logger } from "@/server/logger";
import type { LogHub } from "../../console/server/log-hub";
import { createRconClient } from "../../console/server/rcon-client";
import type { RconPort } from "../../console/server/rcon-port";
import type { ExitInfo } from "../../launch/contract";
import type { LaunchHandle } from "../../launch/server/launch-strategy";
import { allowedActions, type CausedBy, type Server, type ServerAction } from "../contract";
import { adoptServer } from "./adopt-server";
import { decideAfterCrash } from "./crash-policy";
import { type PrepareDeps, prepareLaunch, rconPlace } from "./prepare-launch";
import { createTransitionRecorder, type TransitionRecorder } from "./record-transition";
import { reportEnd, reportFailedStart } from "./report-end";
import { listServerRecords, type ServerRecord } from "./repository";
import { type AskedEnd, noLiveStatus, type TrackedServer, toServer, trackServer } from "./tracked-server";
import { sampleLive, untilReady } from "./watch-server";

export interface SupervisorDeps extends Omit<PrepareDeps, "portHolder"> {
  db: Database;
  clock: Clock;
  log: Logger;
  events: EventBus;
  logHub: LogHub;
  consoleLog(serverId: string): Promise<{ path: string; size: number }>;
}

/** Owns every server's observed state: the one place where processes are started, watched, ended and adopted. */
export interface Supervisor {
  readonly recorder: TransitionRecorder;
  /** Starts the server by way of the start verb, as mcsd itself. Set once by the container. */
  starter: (serverId: string, reason: "crash-policy" | "auto-start" | "resume") => Promise<unknown>;
  /** Tracks all servers and adopts what runs. `resume`: servers whose start or restart was cut off. */
  boot(resume: ReadonlySet<string>): Promise<void>;
  find(serverId: string): TrackedServer | null;
  all(): readonly TrackedServer[];
  /** Follows a created or changed row. */
  put(record: ServerRecord): TrackedServer;
  forget(serverId: string): void;
  view(record: ServerRecord): Server;
  /** Takes the server's lock, or throws SERVER_BUSY at once. The caller releases it. */
  lock(serverId: string, operation: string): { tracked: TrackedServer; release(): void };
  /** Throws STATE_CONFLICT with the state and what it allows. */
  requireAction(tracked: TrackedServer, action: ServerAction): void;
  /** Resolves when the process exists; a failure is recorded with its cause and thrown. Needs the lock. */
  launch(tracked: TrackedServer, by: CausedBy): Promise<void>;
  /** Walks the stop ladder; resolves when the end is recorded. */
  halt(tracked: TrackedServer, asked: AskedEnd, force: boolean): Promise<void>;
  /** SIGKILL now, also in the middle of a start or stop. Needs no lock. */
  kill(tracked: TrackedServer, by: CausedBy): Promise<void>;
  cancelRetry(tracked: TrackedServer): boolean;
  /** Resolves when the server is running or stopped. */
  settled(tracked: TrackedServer, signal: AbortSignal): Promise<void>;
  rcon(tracked: TrackedServer): RconPort;
  /** Lets go of every process without touching it. */
  release(): void;
}

const graceMs = 75_000;
const termMs = 10_000;
const forceTermMs = 5000;
const readiness: CausedBy = { kind: "system", name: "readiness" };
const outside: CausedBy = { kind: "outside", name: "outside" };

export function createSupervisor(deps: SupervisorDeps): Supervisor {
  const { clock, log, events, logHub, db } = deps;
  const servers = new Map<string, TrackedServer>();
  const recorder = createTransitionRecorder(deps);
  const waiters = new Set<() => void>();
  let isReleased = false;

  const wakeWaiters = () => {
    for (const wake of waiters) wake();
  };

  const portHolder = (port: number, exceptId: string) =>
    [...servers.values()].find(({ record, handle }) => handle && record.port === port && record.id !== exceptId)?.record
      .name ?? null;

  /** Follows a process from here on, whoever started it. */
  const attach = (tracked: TrackedServer, handle: LaunchHandle) => {
    const watch = new AbortController();
    Object.assign(tracked, { handle, watch, launchedAt: tracked.launchedAt ?? clock.now() });
    tracked.ended = handle.exited.then((exit) => onExit(tracked, handle, exit));
    if (tracked.record.state === "starting") void becomeReady(tracked, watch.signal);
    void sampleLive(clock, tracked, watch.signal, () =>
      events.publish({
        ownerId: tracked.record.ownerId,
        event: { kind: "live", serverId: tracked.record.id, live: tracked.live },
      }),
    );
  };

  const becomeReady = async (tracked: TrackedServer, signal: AbortSignal) => {
    try {
      const seen = await untilReady({ clock, logHub }, tracked, signal);
      if (tracked.record.state !== "starting" || signal.aborted) return;
      const seconds = tracked.launchedAt ? (clock.now().getTime() - tracked.launchedAt.getTime()) / 1000 : 0;
      void recorder.record(tracked, {
        to: "running",
        by: readiness,
        detail: { seen, seconds: Math.round(seconds * 10) / 10 },
      });
      wakeWaiters();
    } catch {
      // The process ended first, or mcsd is closing.
    }
  };

  const onExit = async (tracked: TrackedServer, handle: LaunchHandle, exit: ExitInfo) => {
    if (isReleased) return;
    const asked = tracked.asked;
    const rung = tracked.stopping ? await tracked.stopping.catch(() => null) : null;
    tracked.watch?.abort();
    handle.release();
    tracked.rcon?.close();
    const paths = {
      serverFolder: deps.dataDir.paths.serverFolder(tracked.record.id),
      consoleLog: (await deps.consoleLog(tracked.record.id)).path,
    };
    const end = await reportEnd(tracked, exit, paths);
    if (rung) end.params.rung = rung;
    const isLeft = end.cause === "stopped_from_outside";
    Object.assign(tracked, { handle: null, watch: null, rcon: null, asked: null, stopping: null, live: noLiveStatus });
    const columns = { lastEnd: end, launchRef: null, ...(isLeft ? { desiredState: "stopped" as const } : {}) };
    const detail = { cause: end.cause, params: end.params, isCrash: end.isCrash, asked: asked?.how ?? null };
    const saved = recorder.record(tracked, { to: "stopped", by: asked?.by ?? outside, detail, columns });
    if (end.isCrash) afterCrash(tracked, end.cause);
    wakeWaiters();
    await saved;
  };

  const afterCrash = (tracked: TrackedServer, cause: string) => {
    if (tracked.record.desiredState !== "running") return;
    const decision = decideAfterCrash(tracked.record.crashPolicy, cause, tracked.restarts, clock.now());
    const by: CausedBy = { kind: "system", name: "crash-policy" };
    if (decision.kind === "leave") return;
    if (decision.kind === "give-up") return void recorder.note(tracked, "gave-up", by, { attempts: decision.attempts });
    const delay = decision.at.getTime() - clock.now().getTime();
    const timer = setTimeout(() => {
      cancelRetry(tracked);
      tracked.restarts.push(clock.now().getTime());
      supervisor
        .starter(tracked.record.id, "crash-policy")
        .catch((error) => log.warn({ err: error, serverId: tracked.record.id }, "automatic restart failed"));
    }, delay);
    tracked.retryAt = decision.at;
    tracked.cancelRetry = () => clearTimeout(timer);
    recorder.publish(tracked);
    void recorder.note(tracked, "retry", by, { at: decision.at.toISOString(), attempt: decision.attempt });
  };

  const cancelRetry = (tracked: TrackedServer): boolean => {
    if (!tracked.retryAt) return false;
    tracked.cancelRetry?.();
    Object.assign(tracked, { retryAt: null, cancelRetry: null });
    recorder.publish(tracked);
    return true;
  };

  const rcon = (tracked: TrackedServer): RconPort => {
    tracked.rcon ??= createRconClient({
      host: "127.0.0.1",
      port: tracked.record.rconPort,
      password: deps.sealer.open(tracked.record.rconPassword, rconPlace(tracked.record.id)),
    });
    return tracked.rcon;
  };

  const supervisor: Supervisor = {
    recorder,
    rcon,
    cancelRetry,
    starter: () => Promise.reject(new Error("no starter")),

    async boot(resume) {
      const records = await listServerRecords(db, null);
      const adoption = {
        deps,
        recorder,
        attach,
        afterCrash,
        halt: supervisor.halt,
        wake: wakeWaiters,
        isClosing: () => isReleased,
      };
      for (const record of records) servers.set(record.id, trackServer(record));
      await Promise.all(
        [...servers.values()].map((tracked) => adoptServer(adoption, tracked, resume.has(tracked.record.id))),
      );
    },

    find: (serverId) => servers.get(serverId) ?? null,
    all: () => [...servers.values()],

    put(record) {
      const tracked = servers.get(record.id);
      if (!tracked) {
        const added = trackServer(record);
        servers.set(record.id, added);
        recorder.publish(added);
        return added;
      }
      const { state, stateSince, lastEnd } = tracked.record;
      tracked.record = { ...record, state, stateSince, lastEnd };
      recorder.publish(tracked);
      return tracked;
    },

    forget(serverId) {
      const tracked = servers.get(serverId);
      if (!tracked) return;
      cancelRetry(tracked);
      servers.delete(serverId);
      events.publish({ ownerId: tracked.record.ownerId, event: { kind: "removed", serverId } });
    },

    view: (record) => toServer(record, servers.get(record.id) ?? null),

    lock(serverId, operation) {
      const tracked = servers.get(serverId);
      if (!tracked) throw new AppError("SERVER_NOT_FOUND", "There is no such server.", { serverId });
      if (tracked.busy) {
        const { state } = tracked.record;
        throw new AppError("SERVER_BUSY", `Another operation (${tracked.busy}) is under way on this server.`, {
          operation: tracked.busy,
          state,
          allowed: allowedActions[state],
        });
      }
      tracked.busy = operation;
      return {
        tracked,
        release: () => {
          tracked.busy = null;
        },
      };
    },

    requireAction(tracked, action) {
      const { state } = tracked.record;
      const allowed = allowedActions[state];
      if (allowed.includes(action)) return;
      throw new AppError("STATE_CONFLICT", `The server is ${state}; that allows ${allowed.join(", ") || "nothing"}.`, {
        state,
        action,
        allowed,
      });
    },

    async launch(tracked, by) {
      cancelRetry(tracked);
      const launching = new AbortController();
      Object.assign(tracked, { launching, asked: null, stopping: null, live: noLiveStatus, launchedAt: clock.now() });
      void recorder.record(tracked, { to: "starting", by });
      try {
        const [spec, output] = await Promise.all([
          prepareLaunch({ ...deps, portHolder }, tracked.record),
          deps.consoleLog(tracked.record.id),
        ]);
        launching.signal.throwIfAborted();
        tracked.firstLine = String(output.size);
        const handle = await deps.strategies[tracked.record.launchKind].start(spec, launching.signal);
        tracked.record.launchRef = handle.ref;
        attach(tracked, handle);
        void recorder.note(tracked, "launched", by, { pid: handle.ref.pid });
      } catch (error) {
        const lastEnd = reportFailedStart(error, clock);
        const detail = { cause: lastEnd.cause, params: lastEnd.params, isCrash: false };
        void recorder.record(tracked, {
          to: "stopped",
          by: tracked.asked?.by ?? by,
          detail,
          columns: { lastEnd, launchRef: null, desiredState: "stopped" },
        });
        wakeWaiters();
        throw error;
      } finally {
        tracked.launching = null;
      }
    },

    async halt(tracked, asked, force) {
      const { handle } = tracked;
      if (!handle) return tracked.ended;
      tracked.asked = asked;
      const isReady = tracked.record.state === "running";
      void recorder.record(tracked, { to: "stopping", by: asked.by, detail: { force } });
      const askNicely = async () => {
        if (!isReady || force) return false;
        await rcon(tracked).command("stop", { timeoutMs: 5000 });
        return true;
      };
      tracked.stopping = handle
        .stop({
          graceMs: force ? 0 : graceMs,
          termMs: force ? forceTermMs : termMs,
          askNicely: () => askNicely().catch(() => false),
        })
        .then((done) => done.rung);
      await tracked.stopping;
      await tracked.ended;
    },

    async kill(tracked, by) {
      tracked.asked = { by, how: "kill" };
      tracked.launching?.abort(new AppError("JOB_CANCELLED", "The start was broken off by a kill."));
      if (tracked.handle) await tracked.handle.kill();
      await tracked.ended;
    },

    settled(tracked, signal) {
      return new Promise((resolve, reject) => {
        const check = () => {
          const { state } = tracked.record;
          if (state !== "running" && !(state === "stopped" && !tracked.launching)) return;
          done();
          resolve();
        };
        const onAbort = () => {
          done();
          reject(signal.reason);
        };
        const done = () => {
          waiters.delete(check);
          signal.removeEventListener("abort", onAbort);
        };
        waiters.add(check);
        signal.addEventListener("abort", onAbort);
        check();
      });
    },

    release() {
      isReleased = true;
      for (const tracked of servers.values()) {
        tracked.cancelRetry?.();
        tracked.launching?.abort(new AppError("SHUTTING_DOWN", "mcsd is closing."));
        tracked.watch?.abort();
        tracked.rcon?.close();
        tracked.handle?.release();
      }
    },
  };
  return supervisor;
}
