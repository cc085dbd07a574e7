import type { ContainerDetails } from "@/server/docker/container-engine";
import type { ExitInfo } from "../../contract";
import { toExitInfo, unseenExit } from "../exit-info";

/** How a container's run ended, from what the engine keeps of it. */
export function containerExit(found: ContainerDetails, isKillExpected: boolean): ExitInfo {
  const at = found.finishedAt ? new Date(found.finishedAt) : new Date();
  return { ...toExitInfo(found.exitCode, at), outOfMemory: found.isOutOfMemory && !isKillExpected };
}

/** The end of a container that is not there any more. */
export function removedExit(): ExitInfo {
  return unseenExit(null, new Date());
}
