import { EngineError } from "@/server/docker/engine-error";
import { AppError } from "@/server/errors";
import type { ContainerView } from "../../contract";
import { isLive } from "./container-handle";
import { type DockerParts, listOwn } from "./docker-parts";

/** The container that runs the server, else the one that did last; null when there is none. */
export async function describeContainer(parts: DockerParts, serverId: string): Promise<ContainerView | null> {
  try {
    const own = await listOwn(parts, serverId);
    const shown = own.find(({ state }) => isLive(state)) ?? own[0];
    const found = shown ? await parts.engine.inspect(shown.id) : null;
    if (found === null) return null;
    const { id, name, image, imageId, state, health, startedAt, restartCount, memoryLimitBytes } = found;
    const networks = Object.entries(found.addresses).map(([network, address]) => ({ name: network, address }));
    const ports = found.ports.map(({ port, protocol, address, inside }) => ({ port, protocol, address, inside }));
    return {
      id,
      name,
      image,
      imageId,
      state,
      health,
      startedAt,
      restarts: restartCount,
      memoryLimitBytes,
      networks,
      ports,
    };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw new AppError("STATE_CONFLICT", error.message, { reason: "engine_unreachable" }, { cause: error });
  }
}
