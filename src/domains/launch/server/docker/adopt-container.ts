import type { ContainerSummary } from "@/server/docker/container-engine";
import { AppError, isAppError } from "@/server/errors";
import type { ExitInfo } from "../../contract";
import type { LaunchHandle, LaunchRef, TrackLoss } from "../launch-strategy";
import { containerExit } from "./container-exit";
import { isLive, paused, twins } from "./container-handle";
import { type DockerParts, enterNetwork, handleOf, listOwn } from "./docker-parts";

/** Finds the server's running container by its labels, or how the one of the ref ended. Touches nothing but mcsd's own place in its network. */
export async function adoptContainer(
  parts: DockerParts,
  serverId: string,
  stored: LaunchRef | null,
): Promise<{ handle: LaunchHandle } | { handle: null; exit: ExitInfo | null }> {
  try {
    parts.watch();
    const own = await listOwn(parts, serverId);
    const live = own.filter(({ state }) => isLive(state));
    const [first, second] = live;
    if (second) throw lost(twins(live.map(({ id }) => id)));
    if (first) return await adoptLive(parts, serverId, first);
    const id = stored?.kind === parts.kind ? stored.containerId : own.find(({ state }) => state === "exited")?.id;
    const found = id === undefined ? null : await parts.engine.inspect(id);
    // One that was made and never started has no end either.
    return { handle: null, exit: found?.startedAt ? containerExit(found, false) : null };
  } catch (error) {
    if (isAppError(error)) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw lost({ reason: "engine_unreachable", message });
  }
}

function lost({ reason, message }: TrackLoss): AppError {
  return new AppError("STATE_CONFLICT", message, { reason });
}

async function adoptLive(parts: DockerParts, serverId: string, { id, state }: ContainerSummary) {
  if (state === "paused") throw lost(paused);
  const placement = await parts.place();
  if (placement.ownContainerId) await enterNetwork(parts, placement, serverId);
  const found = await parts.engine.inspect(id);
  if (found?.state !== "running")
    throw lost({ reason: "unidentified", message: "Its container is just being changed." });
  parts.log.info({ serverId, container: id.slice(0, 12) }, "server container found again");
  return { handle: handleOf(parts, serverId, { found, placement }) };
}
