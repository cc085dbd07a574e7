import type { Clock } from "@/server/clock";
import type { ContainerEngine, ContainerInput, ContainerUsage } from "@/server/docker/container-engine";
import { EngineError } from "@/server/docker/engine-error";
import { AppError } from "@/server/errors";
import type { Logger } from "@/server/logger";
import type { ExitInfo } from "../../contract";
import { toConsoleBytes } from "../console-bytes";
import type { ContainerRef, LaunchHandle, ResourceUsage, TrackLoss } from "../launch-strategy";
import { killLaunch, type StopLadderParts, stopLadder } from "../stop-ladder";
import { containerExit, removedExit } from "./container-exit";
import { copyContainerLog } from "./copy-container-log";
import type { ContainerWatch, Sight } from "./watch-containers";

export interface ContainerHandleParts {
  engine: ContainerEngine;
  watch: ContainerWatch;
  ref: ContainerRef;
  address: string;
  paths: { log: string; cursor: string };
  clock: Clock;
  log: Logger;
}

/** How long the end waits for the last lines. */
const lastLinesMs = 5000;
const retryMs = 1000;

/** A running container, started just now or found again. */
export function createContainerHandle(parts: ContainerHandleParts): LaunchHandle {
  const { engine, watch, ref, clock, log } = parts;
  const { containerId, serverId } = ref;
  const released = new AbortController();
  const ended = new AbortController();
  const exit = deferred<ExitInfo>();
  const loss = deferred<TrackLoss>();
  /** Not watched any more: ended, lost or released. */
  let isOver = false;
  let hasEnded = false;
  let isKilled = false;
  let input: ContainerInput | null = null;

  const copied = copyOnAndOn();
  const unfollow = watch.follow(serverId, (sight) => void judge(sight).catch((error) => warn(error)));

  /** Copies until the run is over; a cut stream is taken up again. */
  async function copyOnAndOn(): Promise<void> {
    while (!released.signal.aborted) {
      const { paths } = parts;
      await copyContainerLog({ engine, containerId, paths, signal: released.signal }).catch((error) => warn(error));
      if (hasEnded || released.signal.aborted) return;
      watch.ring();
      await clock.sleep(retryMs, ended.signal).catch(() => undefined);
      if (hasEnded) return;
    }
  }

  async function judge(sight: Sight): Promise<void> {
    if (isOver) return;
    if (!sight.isReachable) return lose({ reason: "engine_unreachable", message: sight.reason });
    const others = sight.containers.filter(({ id, state }) => id !== containerId && isLive(state));
    const own = sight.containers.find(({ id }) => id === containerId);
    const isRunning = own?.state === "running";
    if (isRunning && others.length > 0) return lose(twins([containerId, ...others.map(({ id }) => id)]));
    if (own?.state === "paused") return lose(paused);
    if (own?.state === "restarting" || (isRunning && !sight.mayHaveRestarted)) return;
    const found = await engine.inspect(containerId);
    if (found === null) return finish(removedExit());
    if (found.state !== "running") {
      if (isLive(found.state)) return;
      const withEngine = sight.wasEngineAway && !isKilled;
      return finish(containerExit(found, { isKillExpected: isKilled, withEngine }));
    }
    // The same container in another run: the one of this handle has ended, and its code is gone with it.
    if (found.startedAt !== ref.startedAt) finish(removedExit());
  }

  function finish(found: ExitInfo): void {
    if (isOver) return;
    isOver = true;
    hasEnded = true;
    ended.abort();
    close();
    const enough = new AbortController();
    void Promise.race([copied, clock.sleep(lastLinesMs, enough.signal).catch(() => undefined)]).then(() => {
      enough.abort();
      released.abort();
      exit.resolve(found);
    });
  }
  function lose(reason: TrackLoss): void {
    if (isOver) return;
    isOver = true;
    close();
    released.abort();
    loss.resolve(reason);
  }
  function close(): void {
    unfollow();
    input?.close();
    input = null;
  }
  function warn(error: unknown): void {
    if (!released.signal.aborted) log.debug({ err: error, serverId }, "a container could not be looked after");
  }

  const write = async (line: string) => {
    const bytes = toConsoleBytes(line);
    for (let attempt = 0; attempt < 2 && !hasEnded; attempt++) {
      if (!input?.isOpen) input = await engine.openInput(containerId).catch(toWriteError);
      if (input.write(bytes)) {
        // Nobody closes it any more.
        if (isOver) close();
        return;
      }
      if (input.isOpen) throw new AppError("STATE_CONFLICT", "The server has stopped reading its console.");
    }
    throw new AppError("NOT_RUNNING", "The server is not running: nobody reads its console.");
  };
  const signal = async (name: "SIGTERM" | "SIGKILL") => {
    await engine.signal(containerId, name);
    watch.ring();
  };
  const ladder: StopLadderParts = {
    exited: exit.promise,
    clock,
    writeStop: () => write("stop"),
    terminate: () => void signal("SIGTERM").catch(warn),
    killAll: async () => {
      isKilled = true;
      await signal("SIGKILL");
    },
    wasKilled: () => isKilled,
  };
  const readUsage = createUsageReader(() => engine.usage(containerId));
  return {
    ref,
    address: parts.address,
    exited: exit.promise,
    lost: loss.promise,
    write,
    stats: async () => (isOver ? null : readUsage()),
    stop: (options) => stopLadder(ladder, options),
    kill: () => killLaunch(ladder),
    release: () => {
      if (isOver) return;
      isOver = true;
      close();
      released.abort();
    },
  };
}

export function isLive(state: string): boolean {
  return state === "running" || state === "paused" || state === "restarting";
}

export function twins(ids: readonly string[]): TrackLoss {
  const names = ids.map((id) => id.slice(0, 12)).join(", ");
  return {
    reason: "twins",
    message: `More than one container says that it is this server (${names}). Stop all but one of them.`,
  };
}

export const paused: TrackLoss = {
  reason: "paused",
  message: "Its container is paused. Continue it (docker unpause), or stop it.",
};

function toWriteError(error: unknown): never {
  if (error instanceof EngineError && error.code === "UNREACHABLE") {
    throw new AppError("STATE_CONFLICT", error.message, {}, { cause: error });
  }
  throw new AppError("NOT_RUNNING", "The server is not running: nobody reads its console.", {}, { cause: error });
}

/** CPU is told as a total; the share is what it grew by since the last call (0 at the first). */
function createUsageReader(read: () => Promise<ContainerUsage | null>): () => Promise<ResourceUsage | null> {
  let last: { at: number; nanoseconds: number } | null = null;
  return async () => {
    const usage = await read();
    if (usage === null) return null;
    const now = { at: performance.now(), nanoseconds: usage.cpuNanoseconds };
    const passed = last ? (now.at - last.at) * 1e6 : 0;
    const cpu = last && passed > 0 ? Math.max(0, now.nanoseconds - last.nanoseconds) / passed : 0;
    last = now;
    const { cpuNanoseconds: _, ...rest } = usage;
    return { cpu, ...rest };
  };
}

function deferred<T>(): { promise: Promise<T>; resolve(value: T): void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
