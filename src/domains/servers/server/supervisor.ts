import type { Clock } from "@/server/clock";
import type { Database } from "@/server/db/connect";
import { AppError } from "@/server/errors";
import type { EventBus } from "@/server/event-bus";
import type { Logger } from "@/server/logger";
import type { LogHub } from "../../console/server/log-hub";
import type { LaunchKind } from "../../launch/contract";
import type { LaunchHandle, StartProgress } from "../../launch/server/launch-strategy";
import { allowedActions, type CausedBy, type Server, type ServerAction } from "../contract";
import { adoptServer } from "./adopt-server";
import { followProcess } from "./follow-process";
import { closeConnections, createGameConnections, type GameConnections } from "./game-connections";
import type { PrepareDeps } from "./prepare-launch";
import { createTransitionRecorder, type TransitionRecorder } from "./record-transition";
import type { Resumable } from "./recover-operations";
import { listServerRecords, type ServerRecord } from "./repository";
import { createCrashRetries } from "./retry-after-crash";
import { haltProcess, killProcess, launchProcess } from "./run-process";
import { type AskedEnd, type TrackedServer, toServer, trackServer } from "./tracked-server";

export interface SupervisorDeps extends Omit<PrepareDeps, "portHolder"> {
  db: Database;
  clock: Clock;
  log: Logger;
  events: EventBus;
  logHub: LogHub;
  consoleLog(serverId: string): Promise<{ path: string; size: number }>;
  /** Ports of games. */
  portRange: readonly [number, number];
}

/** Owns every server's observed state: the one place where processes are started, watched, ended and adopted. */
export interface Supervisor {
  readonly recorder: TransitionRecorder;
  /** Starts the server by way of the start verb, as mcsd itself. Set once by the container. */
  starter: (serverId: string, reason: "crash-policy" | "auto-start" | "resume") => Promise<unknown>;
  /** Looks after what a game reads only when it starts; called before every start. Set once by the container; never rejects. */
  beforeLaunch: (tracked: TrackedServer) => Promise<void>;
  /** Tracks all servers and adopts what runs. `resume`: servers whose start or restart was cut off; `onTrial`: those whose change goes on. */
  boot(resume: ReadonlyMap<string, Resumable>, onTrial: ReadonlySet<string>): Promise<void>;
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
  launch(tracked: TrackedServer, by: CausedBy, onProgress?: StartProgress): Promise<void>;
  /** Walks the stop ladder; resolves when the end is recorded. */
  halt(tracked: TrackedServer, asked: AskedEnd, force: boolean): Promise<void>;
  /** SIGKILL now, also in the middle of a start or stop. Needs no lock. */
  kill(tracked: TrackedServer, by: CausedBy): Promise<void>;
  cancelRetry(tracked: TrackedServer): boolean;
  /** Resolves when the server is running or stopped. */
  settled(tracked: TrackedServer, signal: AbortSignal): Promise<void>;
  rcon: GameConnections["rcon"];
  probe: GameConnections["probe"];
  /** Lets go of every process without touching it. */
  release(): void;
}

export function createSupervisor(deps: SupervisorDeps): Supervisor {
  const { clock, log, events, db } = deps;
  const servers = new Map<string, TrackedServer>();
  const recorder = createTransitionRecorder(deps);
  const connections = createGameConnections(deps);
  const { rcon, probe } = connections;
  const waiters = new Set<() => void>();
  const unlisten: (() => void)[] = [];
  let isReleased = false;

  const wake = () => {
    for (const waiter of waiters) waiter();
  };
  const isClosing = () => isReleased;
  const restart = (serverId: string) => supervisor.starter(serverId, "crash-policy");
  const retries = createCrashRetries({ clock, log, recorder, restart });
  const adopt = (tracked: TrackedServer, cutOff: Resumable | null = null, isBoot = false) => {
    const adoption = {
      deps,
      recorder,
      attach,
      afterCrash: retries.afterCrash,
      halt: supervisor.halt,
      start: (serverId: string) => supervisor.starter(serverId, "resume"),
      wake,
      isClosing,
      isBoot,
    };
    return adoptServer(adoption, tracked, cutOff);
  };
  const attach = (tracked: TrackedServer, handle: LaunchHandle) =>
    followProcess({ deps, recorder, connections, retries, wake, isClosing, adopt }, tracked, handle);
  /** Something started a server behind our back, or made it visible again. */
  const appeared = (kind: LaunchKind, serverId: string) => {
    const tracked = servers.get(serverId);
    if (!tracked || isReleased || tracked.record.launchKind !== kind) return;
    if (tracked.handle || tracked.launching || tracked.busy) return;
    void adopt(tracked);
  };

  const portHolder = (port: number, exceptId: string) =>
    [...servers.values()].find(({ record, handle }) => handle && record.port === port && record.id !== exceptId)?.record
      .name ?? null;

  const beforeLaunch = (tracked: TrackedServer) => supervisor.beforeLaunch(tracked);
  const run = { deps, recorder, portHolder, attach, rcon, beforeLaunch, wake };

  const supervisor: Supervisor = {
    recorder,
    rcon,
    probe,
    cancelRetry: (tracked) => retries.cancel(tracked),
    starter: () => Promise.reject(new Error("no starter")),
    beforeLaunch: () => Promise.resolve(),

    async boot(resume, onTrial) {
      for (const record of await listServerRecords(db, null)) {
        const trial = onTrial.has(record.id) ? { healthyUntil: null } : null;
        servers.set(record.id, { ...trackServer(record), trial });
      }
      await Promise.all(
        [...servers.values()].map((tracked) => adopt(tracked, resume.get(tracked.record.id) ?? null, true)),
      );
      for (const strategy of Object.values(deps.strategies)) {
        unlisten.push(strategy.listen?.((serverId) => appeared(strategy.kind, serverId)) ?? (() => undefined));
      }
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
      retries.cancel(tracked);
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

    launch(tracked, by, onProgress = () => undefined) {
      retries.cancel(tracked);
      return launchProcess(run, tracked, { by, onProgress });
    },
    halt: (tracked, asked, force) => haltProcess(run, tracked, asked, force),
    kill: (tracked, by) =>
      killProcess(tracked, by, (server) => supervisor.settled(server, new AbortController().signal)),

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
      for (const stop of unlisten) stop();
      for (const tracked of servers.values()) {
        tracked.cancelRetry?.();
        tracked.launching?.abort(new AppError("SHUTTING_DOWN", "mcsd is closing."));
        tracked.watch?.abort();
        closeConnections(tracked);
        tracked.handle?.release();
      }
    },
  };
  return supervisor;
}
