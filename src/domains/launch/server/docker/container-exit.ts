import { uptime } from "node:os";
import type { ContainerDetails } from "@/server/docker/container-engine";
import type { ExitInfo } from "../../contract";
import { toExitInfo, unseenExit } from "../exit-info";

/** How a container's run ended, from what the engine keeps of it. */
export function containerExit(
  found: ContainerDetails,
  { isKillExpected, withEngine }: { isKillExpected: boolean; withEngine: boolean },
): ExitInfo {
  const at = found.finishedAt ? new Date(found.finishedAt) : new Date();
  const outOfMemory = found.isOutOfMemory && !isKillExpected;
  return { ...toExitInfo(found.exitCode, at), outOfMemory, ...(withEngine ? { withEngine } : {}) };
}

/** Whether it ended before this machine was started, as all do when a machine is shut down. */
export function endedWithMachine({ finishedAt }: ContainerDetails): boolean {
  const startedAt = Date.now() - uptime() * 1000;
  return finishedAt !== null && Date.parse(finishedAt) < startedAt;
}

/** The end of a container that is not there any more. */
export function removedExit(): ExitInfo {
  return unseenExit(null, new Date());
}
