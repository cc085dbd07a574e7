import { stat } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "@/server/errors";
import type { ExitInfo } from "../../contract";
import { toExitInfo, unseenExit } from "../exit-info";
import type { HostRef } from "../launch-strategy";
import { isSameProcess, readProcessStat } from "./process-stat";
import { readBootId } from "./read-boot-id";
import { type LaunchStatus, readLaunchStatus, toHostRef } from "./read-launch-status";
import type { RunPaths } from "./run-paths";
import { isLocked } from "./take-lock";

/** How long a launch that is under way, or one that is just ending, gets to write its next line. */
const settleMs = 3000;
const pauseMs = 25;

export type Adoption = { ref: HostRef; launcherTicks: string | null } | { ref: null; exit: ExitInfo | null };

/**
 * Finds the living process of a server: by the run folder, else by the stored ref. Pid, start ticks, group and boot must
 * all agree. Rejects with STATE_CONFLICT when someone holds the lock but cannot be identified: then nothing is known.
 */
export async function adoptProcess(paths: RunPaths, serverId: string, stored: HostRef | null): Promise<Adoption> {
  const bootId = await readBootId();
  for (const since = performance.now(); ; await delay(pauseMs)) {
    const status = await readLaunchStatus(paths.status);
    const ref = status && toHostRef(serverId, status);
    if (ref && isAlive(ref, bootId)) return { ref, launcherTicks: status?.launcher?.startTicks ?? null };
    if (stored && stored.serverId === serverId && isAlive(stored, bootId)) return { ref: stored, launcherTicks: null };
    if (status === null || !mayChange(status, bootId)) {
      if (!(await isLocked(paths.lock))) return { ref: null, exit: status && (await readExit(status, paths, bootId)) };
    }
    if (performance.now() - since > settleMs) {
      throw new AppError("STATE_CONFLICT", "Something holds this server's lock, but its process cannot be identified.");
    }
  }
}

function isAlive(ref: HostRef, bootId: string): boolean {
  const process = readProcessStat(ref.pid);
  return (
    ref.bootId === bootId &&
    process?.isAlive === true &&
    process.startTicks === ref.startTicks &&
    process.pgid === ref.pgid
  );
}

/** True while the launcher lives and has not said the last word. */
function mayChange(status: LaunchStatus, bootId: string): boolean {
  const { launcher, exitCode } = status;
  if (status.bootId !== bootId || launcher === null || exitCode !== null) return false;
  return isSameProcess(launcher.pid, launcher.startTicks);
}

/** Without an exit line the last sign of life is the newest write to the log. A launch of this boot then fell to SIGKILL. */
async function readExit(status: LaunchStatus, paths: RunPaths, bootId: string): Promise<ExitInfo | null> {
  if (status.exitCode !== null) return toExitInfo(status.exitCode, status.writtenAt);
  if (status.launcher === null) return null;
  const log = await stat(paths.log).catch(() => null);
  const at = log && log.mtime > status.writtenAt ? log.mtime : status.writtenAt;
  return unseenExit(status.bootId === bootId ? "SIGKILL" : null, at);
}
