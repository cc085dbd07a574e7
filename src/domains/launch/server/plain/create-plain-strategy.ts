import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Clock } from "@/server/clock";
import { AppError } from "@/server/errors";
import { writeFileDurable } from "@/server/fs/write-file-durable";
import type { Logger } from "@/server/logger";
import type { ExitInfo } from "../../contract";
import { childEnvironment } from "../child-environment";
import { toExitInfo, unseenExit } from "../exit-info";
import { findPortProblem } from "../host/find-port-problem";
import { checkJar, checkJava, checkMemory } from "../host/preflight-host";
import { type RunPaths, runPaths } from "../host/run-paths";
import type { HostRef, LaunchHandle, LaunchSpec, LaunchStrategy } from "../launch-strategy";
import { createPlainHandle } from "./plain-handle";
import { isThere, type ProcessTable } from "./process-table";

/** What is noted of the newest launch. */
const noteSchema = z.object({
  pid: z.number().int(),
  startedAt: z.string(),
  exit: z.custom<ExitInfo>().nullable(),
});
type Note = z.infer<typeof noteSchema>;

export interface PlainStrategyOptions {
  runRoot: string;
  clock: Clock;
  log: Logger;
  table: ProcessTable;
  /** What the system's programs and Java need of mcsd's environment, such as SystemRoot on Windows. */
  systemEnv: Record<string, string>;
}

/**
 * The host kind where there is no Linux: a detached process with its output in a file, found again by pid and start time. It outlives
 * mcsd, but takes no console input, has no uid of its own, and how it ended while mcsd was away is not known.
 */
export function createPlainStrategy(options: PlainStrategyOptions): LaunchStrategy {
  const { runRoot, clock, log, table, systemEnv } = options;
  const starting = new Set<string>();
  const pathsOf = (serverId: string) => {
    const paths = runPaths(runRoot, serverId);
    return { ...paths, note: join(paths.folder, "process.json") };
  };

  const handleOf = (serverId: string, ref: HostRef, childExit: Promise<ExitInfo> | null): LaunchHandle => {
    const onEnd = (exit: ExitInfo) => {
      const note: Note = { pid: ref.pid, startedAt: ref.startTicks, exit };
      void writeFileDurable(pathsOf(serverId).note, JSON.stringify(note)).catch((error) =>
        log.warn({ err: error, serverId }, "how a server ended could not be noted"),
      );
    };
    return createPlainHandle({ ref, clock, table, childExit, onEnd });
  };

  /** The noted process if it is still that one. */
  const findLive = async (serverId: string): Promise<{ ref: HostRef | null; exit: ExitInfo | null }> => {
    const note = await readNote(pathsOf(serverId).note);
    if (note === null) return { ref: null, exit: null };
    if (note.exit) return { ref: null, exit: note.exit };
    const isIt = isThere(note.pid) && (await table.startedAt(note.pid)) === note.startedAt;
    return isIt ? { ref: toRef(serverId, note), exit: null } : { ref: null, exit: unseenExit(null, clock.now()) };
  };

  return {
    kind: "host",
    preflight: async (spec) => {
      if ((await findLive(spec.serverId)).ref) {
        return [{ code: "ALREADY_RUNNING", message: "This server is already running." }];
      }
      const found = await Promise.all([
        checkJava(spec),
        checkJar(spec),
        checkMemory(spec),
        findPortProblem(spec.gamePort),
      ]);
      return found.filter((problem) => problem !== null);
    },
    start: async (spec, signal) => {
      const { serverId } = spec;
      if (signal.aborted) throw new AppError("JOB_CANCELLED", "The start was cancelled.");
      if (starting.has(serverId)) throw busy();
      starting.add(serverId);
      try {
        if ((await findLive(serverId)).ref) throw busy();
        const child = await launch(spec, pathsOf(serverId), systemEnv);
        try {
          const pid = child.pid ?? 0;
          const startedAt = await table.startedAt(pid);
          const note: Note = { pid, startedAt: startedAt ?? "", exit: null };
          await writeFileDurable(pathsOf(serverId).note, JSON.stringify(note));
          if (signal.aborted) throw new AppError("JOB_CANCELLED", "The start was cancelled.");
          log.info({ serverId, pid }, "server process started");
          return handleOf(serverId, toRef(serverId, note), exitOf(child, clock));
        } catch (error) {
          child.kill("SIGKILL");
          await exitOf(child, clock);
          await rm(pathsOf(serverId).note, { force: true });
          throw error;
        }
      } finally {
        starting.delete(serverId);
      }
    },
    adopt: async (serverId) => {
      const { ref, exit } = await findLive(serverId);
      return ref ? { handle: handleOf(serverId, ref, null) } : { handle: null, exit };
    },
    check: async () => ({ kind: "host", isAvailable: true, problem: null, message: null, engine: null }),
    forget: async (serverId, { keepsLog } = { keepsLog: false }) => {
      if ((await findLive(serverId)).ref) throw new AppError("STATE_CONFLICT", "The server is still running.");
      const { folder, note } = pathsOf(serverId);
      await rm(keepsLog ? note : folder, { recursive: true, force: true });
    },
  };
}

async function launch(spec: LaunchSpec, paths: RunPaths, env: Record<string, string>): Promise<ChildProcess> {
  await mkdir(paths.folder, { recursive: true, mode: 0o700 });
  const output = await open(paths.log, "a", 0o600);
  try {
    const child = spawn(spec.javaPath, [...spec.jvmArgs, ...spec.programArgs], {
      cwd: spec.folder,
      env: childEnvironment(env),
      stdio: ["ignore", output.fd, output.fd],
      detached: true,
      windowsHide: true,
    });
    await new Promise<void>((resolve, reject) => {
      child.once("spawn", resolve);
      child.once("error", (error) => reject(new AppError("START_FAILED", error.message, {}, { cause: error })));
    });
    child.unref();
    return child;
  } finally {
    await output.close();
  }
}

function exitOf(child: ChildProcess, clock: Clock): Promise<ExitInfo> {
  const toExit = (code: number | null, signal: string | null): ExitInfo =>
    signal === null
      ? toExitInfo(code ?? 0, clock.now())
      : { code: null, signal, outOfMemory: false, at: clock.now().toISOString() };
  if (child.exitCode !== null || child.signalCode !== null) {
    return Promise.resolve(toExit(child.exitCode, child.signalCode));
  }
  return new Promise((resolve) => child.once("exit", (code, signal) => resolve(toExit(code, signal))));
}

function toRef(serverId: string, { pid, startedAt }: Note): HostRef {
  return { kind: "host", serverId, pid, startTicks: startedAt, pgid: pid, bootId: "" };
}

function busy(): AppError {
  return new AppError("SERVER_BUSY", "This server is already running.", { reason: "ALREADY_RUNNING" });
}

async function readNote(path: string): Promise<Note | null> {
  try {
    return noteSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return null;
  }
}
