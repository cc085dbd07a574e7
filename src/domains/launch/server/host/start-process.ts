import { type ChildProcess, spawn } from "node:child_process";
import { AppError } from "@/server/errors";
import { createWake } from "../create-wake";
import type { HostRef, LaunchSpec } from "../launch-strategy";
import { awaitLaunch } from "./await-launch";
import { findProcessGroup } from "./find-process-group";
import { launchCommand } from "./launch-command";
import { openRunFiles, type RunFiles } from "./open-run-files";
import { chownServerFolder } from "./prepare-folder";
import type { RunPaths } from "./run-paths";

export interface StartedProcess {
  ref: HostRef;
  launcherTicks: string;
  child: ChildProcess;
}

/** Starts the launcher and with it the server, under the server's own uid if it has one. A failure leaves no process behind. */
export async function startProcess(paths: RunPaths, spec: LaunchSpec, signal: AbortSignal): Promise<StartedProcess> {
  if (signal.aborted) throw new AppError("JOB_CANCELLED", "The start was cancelled.");
  const files = await openRunFiles(paths);
  const wake = createWake(paths.status);
  signal.addEventListener("abort", wake.ring);
  try {
    if (spec.uid !== null) await chownServerFolder(spec.folder, spec.uid);
    if (signal.aborted) throw new AppError("JOB_CANCELLED", "The start was cancelled.");
    const { child, failure } = spawnLauncher(spec, files, wake.ring);
    const launch = { serverId: spec.serverId, statusPath: paths.status, wake, signal, failure };
    const started = await awaitLaunch(launch).catch(async (error: unknown) => {
      await endLauncher(child);
      throw error;
    });
    return { ...started, child };
  } finally {
    signal.removeEventListener("abort", wake.ring);
    wake.close();
    await files.close();
  }
}

/** `detached` makes the launcher leader of its own session and group; libuv drops the supplementary groups with the uid. */
function spawnLauncher(spec: LaunchSpec, files: RunFiles, onEvent: () => void) {
  const { file, args, env } = launchCommand(spec);
  const owner = spec.uid === null ? {} : { uid: spec.uid, gid: spec.uid };
  const stdio = [files.input.fd, files.log.fd, files.log.fd, files.status.fd, files.lock.fd];
  let cause: Error | null = null;
  const child = spawn(file, args, { cwd: spec.folder, env, stdio, detached: true, ...owner });
  child.once("error", (error) => {
    cause = error;
    onEvent();
  });
  child.once("exit", onEvent);
  child.unref();
  return { child, failure: () => cause };
}

/** Ends a launch that failed half way, and waits until nothing of it is left. */
async function endLauncher(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  for (let left = 200; left > 0 && (await findProcessGroup(child.pid)).length > 0; left--) {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // Gone between the look and the signal.
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
