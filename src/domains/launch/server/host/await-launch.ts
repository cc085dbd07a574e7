import { readFile } from "node:fs/promises";
import { AppError } from "@/server/errors";
import type { Wake } from "../create-wake";
import type { HostRef } from "../launch-strategy";
import { readProcessStat } from "./process-stat";
import { readLaunchStatus, toHostRef } from "./read-launch-status";

/** The launcher takes about 3 ms; a machine that swaps may take much longer. */
const limitMs = 10_000;

export interface AwaitedLaunch {
  serverId: string;
  statusPath: string;
  wake: Wake;
  signal: AbortSignal;
  /** Why the launcher could not even be started, once that is known. */
  failure: () => Error | null;
}

/**
 * Resolves when the launcher has named the server's process and that process has become the program asked for.
 * Rejects with START_FAILED when it cannot be executed (exit code 126 or 127), with JOB_CANCELLED when aborted.
 */
export async function awaitLaunch(launch: AwaitedLaunch): Promise<{ ref: HostRef; launcherTicks: string }> {
  const { serverId, statusPath, wake, signal, failure } = launch;
  for (const since = performance.now(); performance.now() - since < limitMs; await wake.next(4)) {
    if (signal.aborted) throw new AppError("JOB_CANCELLED", "The start was cancelled.");
    const cause = failure();
    if (cause) throw new AppError("START_FAILED", "The server's process could not be started.", {}, { cause });
    const status = await readLaunchStatus(statusPath);
    const ref = status && toHostRef(serverId, status);
    if (status?.exitCode === 126 || status?.exitCode === 127) {
      throw new AppError("START_FAILED", "Java could not be executed. The console log has the reason.");
    }
    if (ref && status?.launcher && (status.exitCode !== null || (await hasExecuted(ref)))) {
      return { ref, launcherTicks: status.launcher.startTicks };
    }
  }
  throw new AppError("START_FAILED", "The server's process did not come to life within 10 seconds.");
}

/** Between fork and exec the server's process is a copy of the launcher, command line and all. */
async function hasExecuted(ref: HostRef): Promise<boolean> {
  const [server, launcher] = await Promise.all([readCommandLine(ref.pid), readCommandLine(ref.pgid)]);
  return server !== "" && server !== launcher && readProcessStat(ref.pid)?.startTicks === ref.startTicks;
}

function readCommandLine(pid: number): Promise<string> {
  return readFile(`/proc/${pid}/cmdline`, "latin1").catch(() => "");
}
