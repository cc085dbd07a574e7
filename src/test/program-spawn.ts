import { spawn } from "node:child_process";
import { once } from "node:events";
import { projectRoot } from "./program-bundle";

export interface Ended {
  /** Null when a signal ended it. */
  code: number | null;
  output: string;
  /** Standard error alone. */
  errors: string;
}

export interface RunningProgram {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  output(): string;
  /** Resolves when it says that it serves; rejects with what it printed when it ends before. */
  ready(): Promise<void>;
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<Ended>;
}

interface SpawnOptions {
  /** The bundle. */
  main: string;
  /** The whole environment, beside what every program needs. */
  env: Record<string, string>;
  uid?: number;
}

const readyMs = 60_000;

/** Starts the program in the project's folder, as `npm start` does. Does not wait. */
export function spawnProgram({ main, env, uid }: SpawnOptions): RunningProgram {
  const owner = uid === undefined || process.getuid?.() !== 0 ? {} : { uid, gid: uid };
  const basics = { PATH: process.env.PATH ?? "", HOME: "/nonexistent", NEXT_TELEMETRY_DISABLED: "1" };
  const environment = { ...basics, ...env } as unknown as NodeJS.ProcessEnv;
  const child = spawn(process.execPath, [main], {
    cwd: projectRoot,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
    ...owner,
  });
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    errors += text;
  });
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, output, errors }));

  const saysReady = async () => {
    while (!/^mcsd is ready/m.test(output)) await once(child.stdout, "data", { signal: AbortSignal.timeout(readyMs) });
  };
  return {
    pid: child.pid ?? 0,
    ended,
    output: () => output,
    ready: () =>
      Promise.race([
        saysReady(),
        ended.then(({ code }) => Promise.reject(new Error(`The program ended with ${code}:\n${output.slice(-3000)}`))),
      ]),
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}
