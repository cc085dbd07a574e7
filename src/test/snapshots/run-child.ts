import { spawn } from "node:child_process";
import { once } from "node:events";
import { bundleBeside, bundleWorker } from "./bundle-worker";
import type { ChildTask } from "./engine-child";

export interface ChildEnd {
  signal: NodeJS.Signals | null;
  code: number | null;
  /** Its last line: the number of steps, or the code of its failure. Empty when it was killed before. */
  said: string;
}

type Task = Omit<ChildTask, "workerFile" | "killAt"> & { killAt?: number | null };

/** Runs a task in a process of its own; with `killAfterMs` it is killed so long after it has begun. */
export async function runChild(task: Task, options: { killAfterMs?: number } = {}): Promise<ChildEnd> {
  const program = await bundleBeside('import "@/test/snapshots/engine-child";');
  const argument: ChildTask = { killAt: null, ...task, workerFile: await bundleWorker() };
  const child = spawn(process.execPath, [program, JSON.stringify(argument)], { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  let timer: NodeJS.Timeout | null = null;
  child.stdout.setEncoding("utf8");
  child.stdout.on("data", (text: string) => {
    output += text;
    if (options.killAfterMs !== undefined && timer === null)
      timer = setTimeout(() => child.kill("SIGKILL"), options.killAfterMs);
  });
  const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  if (timer) clearTimeout(timer);
  return {
    code,
    signal,
    said: output
      .split("\n")
      .filter((line) => line !== "ready")
      .join(""),
  };
}
