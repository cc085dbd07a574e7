import type { HostRef } from "../launch-strategy";
import { findProcessGroup } from "./find-process-group";
import { readProcessStat } from "./process-stat";

/** SIGTERM to the server process. False, and nothing sent, when that pid is no longer the process that `ref` means. */
export function terminateServer(ref: HostRef): boolean {
  const stat = readProcessStat(ref.pid);
  if (!stat?.isAlive || stat.startTicks !== ref.startTicks || stat.pgid !== ref.pgid) return false;
  return send(ref.pid, "SIGTERM");
}

/**
 * SIGKILL to the whole process group. The number of a group is not given out again while a member lives, so the group
 * is ours when the server or the launcher is in it, or when its leader is gone and its members are younger than the server.
 * False, and nothing sent, when it is not ours or empty.
 */
export async function killGroup(ref: HostRef, launcherTicks: string | null): Promise<boolean> {
  const leader = readProcessStat(ref.pgid);
  if (leader !== null && leader.startTicks !== launcherTicks) {
    const server = readProcessStat(ref.pid);
    if (server?.startTicks !== ref.startTicks || server.pgid !== ref.pgid) return false;
  }
  const members = await findProcessGroup(ref.pgid);
  const isOurs = members.some((stat) => stat.sid === ref.pgid && Number(stat.startTicks) >= Number(ref.startTicks));
  const isLauncherAlone = members.length === 1 && members[0]?.startTicks === launcherTicks;
  return (isOurs || isLauncherAlone) && send(-ref.pgid, "SIGKILL");
}

function send(target: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(target, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
    throw error;
  }
}
