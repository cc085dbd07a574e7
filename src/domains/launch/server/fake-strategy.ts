import { randomUUID } from "node:crypto";
import type { Clock } from "@/server/clock";
import { systemClock } from "@/server/clock";
import { AppError } from "@/server/errors";
import type { ExitInfo } from "../contract";
import { createFakeProcess, type FakeProcess } from "./fake-process";
import type { LaunchProblem, LaunchSpec, LaunchStrategy } from "./launch-strategy";

export interface FakeStrategyOptions {
  /** With it, lines are also appended to `{runRoot}/{serverId}/console.log`, where the console reads them. */
  runRoot?: string;
  clock?: Clock;
}

/** A launch strategy without processes, for tests of what lies above it. It keeps the contract of a real one. */
export interface FakeStrategy extends LaunchStrategy {
  /** The process of a server, if one runs. */
  running(serverId: string): FakeProcess | null;
  /** What preflight finds. */
  problems: LaunchProblem[];
  /** Called with every new process before `start` resolves: the place to emit lines or to throw an AppError. */
  onStart: ((process: FakeProcess) => void | Promise<void>) | null;
  /** Every spec that a process was made of, in order. */
  readonly started: readonly LaunchSpec[];
  /** Makes the next `adopt` reject, as when a server cannot be tracked. */
  failNextAdopt: Error | null;
}

export function createFakeStrategy(options: FakeStrategyOptions = {}): FakeStrategy {
  const clock = options.clock ?? systemClock;
  const processes = new Map<string, FakeProcess>();
  const exits = new Map<string, ExitInfo>();
  const started: LaunchSpec[] = [];

  const strategy: FakeStrategy = {
    kind: "host",
    problems: [],
    onStart: null,
    started,
    failNextAdopt: null,
    running: (serverId) => processes.get(serverId) ?? null,
    preflight: async () => strategy.problems,
    start: async (spec, signal) => {
      const { serverId } = spec;
      if (signal.aborted) throw new AppError("JOB_CANCELLED", "The start was cancelled.");
      if (processes.has(serverId)) {
        throw new AppError("SERVER_BUSY", "This server is already running.", { reason: "ALREADY_RUNNING" });
      }
      const process = createFakeProcess({ spec, clock, bootId: randomUUID(), logRoot: options.runRoot ?? null });
      processes.set(serverId, process);
      exits.delete(serverId);
      void process.ended.then((exit) => {
        processes.delete(serverId);
        exits.set(serverId, exit);
      });
      try {
        await strategy.onStart?.(process);
        if (signal.aborted) throw new AppError("JOB_CANCELLED", "The start was cancelled.");
      } catch (error) {
        process.exit({ signal: "SIGKILL" });
        await process.ended;
        throw error;
      }
      started.push(spec);
      return process.handle();
    },
    adopt: async (serverId) => {
      const failure = strategy.failNextAdopt;
      strategy.failNextAdopt = null;
      if (failure) throw failure;
      const process = processes.get(serverId);
      return process ? { handle: process.handle() } : { handle: null, exit: exits.get(serverId) ?? null };
    },
    check: async () => ({ kind: "host", isAvailable: true, problem: null, message: null, engine: null }),
    forget: async (serverId) => {
      if (processes.has(serverId)) throw new AppError("STATE_CONFLICT", "The server is still running.");
      exits.delete(serverId);
    },
  };
  return strategy;
}
