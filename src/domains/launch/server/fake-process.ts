import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "@/server/clock";
import { AppError } from "@/server/errors";
import type { ExitInfo } from "../contract";
import type { HostRef, LaunchHandle, LaunchSpec, ResourceUsage } from "./launch-strategy";
import { killLaunch, type StopLadderParts, stopLadder } from "./stop-ladder";

/** A pretended process in the hands of a test. By default it echoes what it is told and ends on `stop` and on SIGTERM. */
export interface FakeProcess {
  readonly spec: LaunchSpec;
  readonly ref: HostRef;
  /** Lines that came in on its standard input. */
  readonly written: readonly string[];
  /** Lines that it printed. */
  readonly printed: readonly string[];
  /** Resolves when it has ended, whether or not anybody holds a handle. */
  readonly ended: Promise<ExitInfo>;
  ignoresStop: boolean;
  ignoresTerm: boolean;
  usage: ResourceUsage;
  /** Replaces the default reaction to a line of input. */
  onWrite: ((line: string) => void) | null;
  emit(...lines: string[]): void;
  exit(exit: Partial<ExitInfo>): void;
  handle(): LaunchHandle;
}

export interface FakeProcessOptions {
  spec: LaunchSpec;
  clock: Clock;
  bootId: string;
  logRoot: string | null;
}

let nextPid = 100_000;

export function createFakeProcess({ spec, clock, bootId, logRoot }: FakeProcessOptions): FakeProcess {
  const pid = nextPid++;
  const written: string[] = [];
  const printed: string[] = [];
  let isOver = false;
  let isKilled = false;
  let finish: (exit: ExitInfo) => void = () => undefined;
  const ended = new Promise<ExitInfo>((resolve) => {
    finish = resolve;
  });
  const obey = (line: string) => {
    fake.emit(line.startsWith("say ") ? `[Server] ${line.slice(4)}` : line);
    if (line.startsWith("exit ")) fake.exit({ code: Number(line.slice(5)) });
    if (line === "stop" && !fake.ignoresStop) fake.exit({ code: 0 });
  };
  const write = async (line: string) => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is the point
    if (/[\u0000-\u001f\u007f]/.test(line)) throw new AppError("COMMAND_INVALID", "Control characters are refused.");
    if (isOver) throw new AppError("NOT_RUNNING", "The server is not running: nobody reads its console.");
    written.push(line);
    (fake.onWrite ?? obey)(line);
  };
  const parts: StopLadderParts = {
    exited: ended,
    clock,
    writeStop: () => write("stop"),
    terminate: () => {
      if (!fake.ignoresTerm) fake.exit({ code: 143, signal: "SIGTERM" });
    },
    killAll: async () => {
      isKilled = true;
      fake.exit({ signal: "SIGKILL" });
    },
    wasKilled: () => isKilled,
  };
  const fake: FakeProcess = {
    spec,
    ref: { kind: "host", serverId: spec.serverId, pid, startTicks: String(pid), pgid: pid, bootId },
    written,
    printed,
    ended,
    ignoresStop: false,
    ignoresTerm: false,
    usage: {
      cpu: 0,
      memoryBytes: 64 * 1024 * 1024,
      diskReadBytes: 0,
      diskWrittenBytes: 0,
      networkReceivedBytes: null,
      networkSentBytes: null,
    },
    onWrite: null,
    emit: (...lines) => {
      printed.push(...lines);
      if (logRoot === null) return;
      mkdirSync(join(logRoot, spec.serverId), { recursive: true });
      appendFileSync(join(logRoot, spec.serverId, "console.log"), lines.map((line) => `${line}\n`).join(""));
    },
    exit: (exit) => {
      isOver = true;
      finish({ code: null, signal: null, outOfMemory: false, at: clock.now().toISOString(), ...exit });
    },
    handle: () => {
      let isReleased = false;
      return {
        ref: fake.ref,
        address: "127.0.0.1",
        exited: new Promise((resolve) => void ended.then((exit) => isReleased || resolve(exit))),
        write,
        stats: async () => (isOver ? null : fake.usage),
        stop: (options) => stopLadder(parts, options),
        kill: () => killLaunch(parts),
        release: () => {
          isReleased = true;
        },
      };
    },
  };
  return fake;
}
