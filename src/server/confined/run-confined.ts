import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface ConfinedRun {
  /** A bundled program of ours. */
  program: string | URL;
  /** Its one argument, as JSON. */
  task: unknown;
  /** What it may read, open, as its descriptors from 3 on. */
  inputs: readonly number[];
  /** Its working directory. */
  folder: string;
  heapMb: number;
  /** Longest file that it may write. */
  maxFileBytes: number;
  timeoutMs: number;
  signal?: AbortSignal;
  /** Every line that it says, in order. */
  onLine(line: string): void;
}

export interface ConfinedEnd {
  /** Why it was ended from here; null: it ended by itself. */
  ended: "memory" | "time" | "talk" | null;
  /** Null after a signal. */
  code: number | null;
  signal: NodeJS.Signals | null;
}

const mb = 1024 * 1024;
/** Beside the heap: buffers, code and threads. A reader without anything to read takes about 60 MB of it. */
const besideHeapMb = 256;
const watchMs = 100;
const maxTalkBytes = 1 * mb;
/** util-linux; where it is missing the watch over resident memory and the clock remain. */
const prlimit = ["/usr/bin/prlimit", "/bin/prlimit"].find((path) => existsSync(path));

/**
 * Runs a reader of what somebody else has sent in a process that has no environment to speak of, no files but its input and its folder, and
 * limits of its own on memory, time, descriptors, what it says and the size of a file. Rejects with the signal's reason.
 */
export function runConfined(run: ConfinedRun): Promise<ConfinedEnd> {
  const { program, heapMb, timeoutMs, signal } = run;
  const file = program instanceof URL ? fileURLToPath(program) : program;
  const command = [process.execPath, `--max-old-space-size=${heapMb}`, file, JSON.stringify(run.task)];
  if (prlimit)
    command.unshift(
      prlimit,
      `--data=${(heapMb + besideHeapMb) * mb}`,
      `--fsize=${run.maxFileBytes}`,
      `--cpu=${Math.ceil(timeoutMs / 1000)}`,
      "--nofile=64",
      "--core=0",
    );
  return new Promise((resolve, reject) => {
    const [first = "", ...args] = command;
    const child = spawn(first, args, {
      cwd: run.folder,
      env: { NODE_ENV: "production" },
      stdio: ["ignore", "pipe", "ignore", ...run.inputs],
    });
    let ended: ConfinedEnd["ended"] = null;
    let said = 0;
    const kill = (reason: ConfinedEnd["ended"]) => {
      ended ??= reason;
      child.kill("SIGKILL");
    };
    const timer = setTimeout(() => kill("time"), timeoutMs);
    const watch = setInterval(() => {
      void residentMb(child.pid).then((size) => size > heapMb + besideHeapMb && kill("memory"));
    }, watchMs);
    const onAbort = () => child.kill("SIGKILL");
    signal?.addEventListener("abort", onAbort, { once: true });
    if (signal?.aborted) onAbort();
    const { stdout } = child;
    if (!stdout) throw new Error("the reader has no output");
    stdout.on("data", (piece: Buffer) => {
      said += piece.length;
      if (said > maxTalkBytes) kill("talk");
    });
    createInterface({ input: stdout }).on("line", run.onLine);
    const clear = () => {
      clearTimeout(timer);
      clearInterval(watch);
      signal?.removeEventListener("abort", onAbort);
    };
    child.once("error", (error) => {
      clear();
      reject(error);
    });
    child.once("close", (code, endSignal) => {
      clear();
      if (signal?.aborted) return reject(signal.reason);
      resolve({ ended, code, signal: endSignal });
    });
  });
}

/** Of a process; 0 where nothing tells. */
async function residentMb(pid: number | undefined): Promise<number> {
  const text = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) / 1024;
}
