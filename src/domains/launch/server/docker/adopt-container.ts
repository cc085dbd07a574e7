import type { ContainerSummary } from "@/server/docker/container-engine";
import { AppError, isAppError } from "@/server/errors";
import type { ExitInfo } from "../../contract";
import type { LaunchHandle, LaunchRef, TrackLoss } from "../launch-strategy";
import { containerExit, endedWithMachine } from "./container-exit";
import { isLive, paused, twins } from "./container-handle";
import { copyContainerLog } from "./copy-container-log";
import { containerPaths, type DockerParts, enterNetwork, handleOf, listOwn } from "./docker-parts";

/** Enough for all that an engine keeps of one container. */
const lastLinesMs = 10_000;

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
    if (!found?.startedAt) return { handle: null, exit: null };
    if (stored) await copyLastLines(parts, serverId, found.id);
    return { handle: null, exit: containerExit(found, { isKillExpected: false, withEngine: endedWithMachine(found) }) };
  } catch (error) {
    if (isAppError(error)) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw lost({ reason: "engine_unreachable", message });
  }
}

/** What it printed while nobody looked tells how it ended, and goes with the container at the next start. */
async function copyLastLines({ engine, runRoot, clock, log }: DockerParts, serverId: string, containerId: string) {
  const enough = new AbortController();
  const { signal } = enough;
  const paths = containerPaths(runRoot, serverId);
  void clock.sleep(lastLinesMs, signal).then(
    () => enough.abort(),
    () => undefined,
  );
  try {
    await copyContainerLog({ engine, containerId, paths, signal });
  } catch (error) {
    log.warn({ err: error, serverId }, "the last lines of a container could not be copied");
  } finally {
    enough.abort();
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
