import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

export interface RunningProgram {
  readonly pid: number;
  readonly url: string;
  /** From its spawn to the first 200 of /api/v1/health. */
  readonly readyMs: number;
  /** SIGTERM, and SIGKILL when that takes longer than 30 s. Resolves when it is gone. */
  stop(): Promise<void>;
}

interface ProgramOptions {
  /** Flags, the entry file, arguments: what Node is given. */
  args: readonly string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  port: number;
}

const limitMs = 60_000;
const stopMs = 30_000;

/** Starts mcsd as a child and waits until it is healthy. Throws with the end of its output when it is not within a minute. */
export async function startProgram({ args, cwd, env, port }: ProgramOptions): Promise<RunningProgram> {
  const url = `http://127.0.0.1:${port}`;
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const exited = once(child, "exit");
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text) => {
      output = (output + text).slice(-4000);
    });
  while ((await healthOf(port)) !== 200) {
    const isLate = performance.now() - startedAt > limitMs;
    if (isLate) child.kill("SIGKILL");
    if (isLate || child.exitCode !== null) throw new Error(`mcsd did not become healthy:\n${output}`);
    await sleep(5);
  }
  const readyMs = performance.now() - startedAt;
  return { pid: child.pid ?? 0, url, readyMs, stop: () => end(child, exited) };
}

async function end(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  const timer = setTimeout(() => child.kill("SIGKILL"), stopMs);
  child.kill("SIGTERM");
  if (child.exitCode === null && child.signalCode === null) await exited;
  clearTimeout(timer);
}

function healthOf(port: number): Promise<number> {
  return new Promise((resolve) => {
    const request = get({ host: "127.0.0.1", port, path: "/api/v1/health", agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.once("error", () => resolve(0));
  });
}
