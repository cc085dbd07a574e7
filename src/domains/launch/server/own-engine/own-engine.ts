import { access } from "node:fs/promises";
import type { Clock } from "@/server/clock";
import type { ContainerEngine } from "@/server/docker/container-engine";
import type { Logger } from "@/server/logger";
import { isSameProcess } from "../host/process-stat";
import { afterReady } from "./after-ready";
import { boundEngineLog, lastWords, sizeOf } from "./engine-log";
import type { EnginePaths } from "./engine-paths";
import { findEngineProgram, findObstacle } from "./find-obstacle";
import { OwnEngineError } from "./own-engine-error";
import { findByPidFile, nestCgroups, prepareEngine } from "./prepare-engine";
import { type EngineLauncher, spawnEngine } from "./spawn-engine";

export interface OwnEngineOptions {
  paths: EnginePaths;
  /** A client of the engine's socket. */
  client: ContainerEngine;
  clock: Clock;
  log: Logger;
  launcher?: EngineLauncher;
}

export interface OwnEngine {
  /** The engine, started or found again at the first call, and again whenever it has ended. Rejects with OwnEngineError. */
  readonly engine: ContainerEngine;
  /** Process id of the engine that runs, or null. */
  readonly pid: number | null;
  /** What keeps it from being started, without starting it. */
  findObstacle(): Promise<OwnEngineError | null>;
  /** Whether it has ever run on this data folder: when not, it has no containers. */
  isKnown(): Promise<boolean>;
  /** Ends the engine; its containers go on as long as the machine does. */
  end(): Promise<void>;
}

interface Running {
  pid: number;
  startTicks: string;
}

/** The first start of all makes its folders and reads its images. */
const answerMs = 60_000;
const foundAnswerMs = 10_000;
const askAgainMs = 50;
const endMs = 15_000;
/** Between two starts that failed, or an end soon after a start. */
const firstPauseMs = 1000;
const longestPauseMs = 30_000;
/** An engine that has run this long was well. */
const wellAfterMs = 60_000;
const boundEveryMs = 60_000;

/** A Docker engine that mcsd starts when it is needed first, finds again after its own restart, and starts again when it has ended. */
export function createOwnEngine(options: OwnEngineOptions): OwnEngine {
  const { paths, client, clock, log } = options;
  let running: Running | null = null;
  let starting: Promise<void> | null = null;
  let isEnding = false;
  let failure: OwnEngineError | null = null;
  let pauseMs = 0;
  let startedAt = 0;
  let boundAt = 0;
  const now = () => clock.now().getTime();
  const isAlive = () => running !== null && isSameProcess(running.pid, running.startTicks);

  async function ready(): Promise<void> {
    if (isEnding) throw new OwnEngineError("engine_ended", "mcsd is closing, and its engine with it.");
    if (isAlive() && starting === null) {
      if (now() - boundAt > boundEveryMs) {
        boundAt = now();
        await boundEngineLog(paths.log).catch((error) => log.warn({ err: error }, "the engine's log is not bounded"));
      }
      return;
    }
    starting ??= begin().finally(() => {
      starting = null;
    });
    await starting;
  }

  async function begin(): Promise<void> {
    const obstacle = await findObstacle();
    if (obstacle) throw obstacle;
    const found = await findByPidFile(paths.pidFile, `--pidfile=${paths.pidFile}`);
    if (found) {
      running = found;
      await answers({ endOf: () => (isAlive() ? null : "nobody saw how"), logFrom: 0, ms: foundAnswerMs });
      log.info({ pid: found.pid }, "the engine of our own was found again");
      return;
    }
    if (running) log.warn({ pid: running.pid }, "the engine of our own has ended");
    running = null;
    const sinceStart = now() - startedAt;
    if (sinceStart > wellAfterMs) pauseMs = 0;
    if (pauseMs > 0 && sinceStart < pauseMs) {
      if (failure) throw failure;
      await clock.sleep(pauseMs - sinceStart);
    }
    pauseMs = Math.min(longestPauseMs, Math.max(firstPauseMs, pauseMs * 2));
    startedAt = now();
    failure = null;
    try {
      await launch();
    } catch (error) {
      failure =
        error instanceof OwnEngineError
          ? error
          : new OwnEngineError("engine_ended", `The engine of mcsd's own could not be started: ${wordsOf(error)}`);
      log.warn({ reason: failure.message }, "the engine of our own could not be started");
      throw failure;
    }
  }

  async function launch(): Promise<void> {
    await prepareEngine(paths, { sharesNetwork: options.launcher === undefined });
    await nestCgroups();
    await boundEngineLog(paths.log);
    const before = await sizeOf(paths.log);
    const program = await findEngineProgram();
    let ended: string | null = null;
    const child = spawnEngine(program ?? "dockerd", paths, {
      launcher: options.launcher,
      onEnd: (reason) => {
        ended = reason;
      },
    });
    await answers({ endOf: () => ended, logFrom: before, ms: answerMs });
    running = await findByPidFile(paths.pidFile, `--pidfile=${paths.pidFile}`);
    if (!running) throw new OwnEngineError("engine_ended", "The engine answered and has ended at once.");
    log.info({ pid: child.pid }, "the engine of our own was started");
  }

  /** Resolves with the first answer; rejects with its last words when it ends before, or takes too long. */
  async function answers({ endOf, logFrom, ms }: { endOf(): string | null; logFrom: number; ms: number }) {
    const latest = now() + ms;
    for (;;) {
      if (await client.info().then(Boolean, () => false)) return;
      const end = endOf();
      if (end === null && now() < latest) {
        await clock.sleep(askAgainMs);
        continue;
      }
      const words = await lastWords(paths.log, logFrom);
      const fate = end === null ? "gives no answer" : `has ended (${end})`;
      throw new OwnEngineError("engine_ended", `The engine of mcsd's own ${fate}. It said: ${words || "nothing"}`);
    }
  }

  return {
    engine: afterReady(client, ready),
    get pid() {
      return isAlive() ? (running?.pid ?? null) : null;
    },
    findObstacle: () => findObstacle(),
    isKnown: () =>
      access(paths.dataRoot).then(
        () => true,
        () => false,
      ),
    async end() {
      isEnding = true;
      await starting?.catch(() => undefined);
      const target = running;
      if (!target || !isAlive()) return;
      process.kill(target.pid, "SIGTERM");
      const latest = now() + endMs;
      while (isSameProcess(target.pid, target.startTicks) && now() < latest) await clock.sleep(askAgainMs);
    },
  };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
