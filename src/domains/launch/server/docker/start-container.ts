import { mkdir } from "node:fs/promises";
import type { ContainerDetails, ContainerTemplate } from "@/server/docker/container-engine";
import { EngineError } from "@/server/docker/engine-error";
import { AppError, isAppError } from "@/server/errors";
import { openLocked } from "../host/open-run-files";
import { chownServerFolder } from "../host/prepare-folder";
import type { ContainerSpec, LaunchHandle, LaunchSpec, StartProgress } from "../launch-strategy";
import { isLive } from "./container-handle";
import { containerTemplate } from "./container-template";
import { beginLogCopy } from "./copy-container-log";
import { containerPaths, type DockerParts, enterNetwork, handleOf, listOwn } from "./docker-parts";
import { imageName, registryOf } from "./image-name";

/** Makes the server's container anew and starts it. A failure or an abort leaves no container behind. */
export async function startContainer(
  parts: DockerParts,
  spec: LaunchSpec,
  { signal, onProgress }: { signal: AbortSignal; onProgress: StartProgress },
): Promise<LaunchHandle> {
  if (!spec.container) throw new AppError("START_FAILED", "This server's settings do not fit a container.");
  requireGoingOn(signal);
  const paths = containerPaths(parts.runRoot, spec.serverId);
  await mkdir(paths.folder, { recursive: true, mode: 0o700 });
  const lock = await openLocked(paths);
  try {
    return await start(parts, { ...spec, container: spec.container }, { signal, onProgress });
  } catch (error) {
    // Whatever broke off because of the abort.
    requireGoingOn(signal);
    throw toStartError(error, spec);
  } finally {
    await lock.close();
  }
}

async function start(
  parts: DockerParts,
  spec: LaunchSpec & { container: ContainerSpec },
  { signal, onProgress }: { signal: AbortSignal; onProgress: StartProgress },
): Promise<LaunchHandle> {
  const { engine, installationId, stopSeconds } = parts;
  const { serverId } = spec;
  const [placement, earlier] = await Promise.all([parts.place(), listOwn(parts, serverId)]);
  const dataSource = placement.toEnginePath(spec.folder);
  if (dataSource === null) throw new AppError("START_FAILED", noMount(spec.folder), { problem: "KIND_UNAVAILABLE" });
  if (earlier.some(({ state }) => isLive(state))) {
    throw new AppError("SERVER_BUSY", "This server is already running.", { reason: "ALREADY_RUNNING" });
  }
  for (const { id } of earlier) await engine.remove(id);
  const image = imageName(parts.image, spec.container.javaMajor);
  await requireImage(parts, image, { signal, onProgress });
  const network = await enterNetwork(parts, placement, serverId);
  if (spec.uid !== null) await chownServerFolder(spec.folder, spec.uid);
  requireGoingOn(signal);
  const template = containerTemplate({
    installationId,
    spec,
    image,
    dataSource,
    owner: ownerOf(spec),
    network,
    rconAddress: placement.sharesNetwork ? "127.0.0.1" : null,
    stopSeconds,
  });
  const found = await parts.limited(() => createStarted(parts, { template, serverId, signal }));
  return handleOf(parts, serverId, { found, placement });
}

async function createStarted(
  parts: DockerParts,
  { template, serverId, signal }: { template: ContainerTemplate; serverId: string; signal: AbortSignal },
): Promise<ContainerDetails> {
  const { engine } = parts;
  requireGoingOn(signal);
  const id = await engine.create(template);
  try {
    requireGoingOn(signal);
    await beginLogCopy({ containerId: id, paths: containerPaths(parts.runRoot, serverId) });
    await engine.start(id);
    requireGoingOn(signal);
    const found = await requireStarted(parts, id);
    parts.log.info({ serverId, container: id.slice(0, 12), image: template.image }, "server container started");
    return found;
  } catch (error) {
    await engine.remove(id).catch((failure) => {
      parts.log.warn({ err: failure, serverId, container: id }, "a container that did not start could not be removed");
    });
    throw error;
  }
}

async function requireImage(
  { engine, login }: DockerParts,
  image: string,
  { signal, onProgress }: { signal: AbortSignal; onProgress: StartProgress },
): Promise<void> {
  if (await engine.findImage(image)) return;
  requireGoingOn(signal);
  onProgress("image", 0, null);
  await engine.pullImage(image, {
    login: login && { ...login, server: registryOf(image) },
    signal,
    onProgress: ({ done, total }) => onProgress("image", done, total || null),
  });
}

/** A run that has ended already still counts as started: how it ended is told by its handle. */
async function requireStarted({ engine }: DockerParts, id: string): Promise<ContainerDetails> {
  const found = await engine.inspect(id);
  if (found) return found;
  throw new AppError("START_FAILED", "The server's container was removed while it started.");
}

function ownerOf({ uid }: LaunchSpec): { uid: number; gid: number } {
  if (uid !== null) return { uid, gid: uid };
  // Without uids (Windows) the engine runs in a machine of its own: the image's own user.
  return { uid: process.getuid?.() ?? 1000, gid: process.getgid?.() ?? 1000 };
}

function requireGoingOn(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError("JOB_CANCELLED", "The start was cancelled.");
}

export function noMount(folder: string): string {
  return `The engine cannot reach ${folder}: mcsd's data folder is not mounted from the engine's host. Mount a folder or a volume there.`;
}

function toStartError(error: unknown, spec: LaunchSpec): unknown {
  if (isAppError(error)) return error;
  if (!(error instanceof EngineError)) {
    const message = error instanceof Error ? error.message : String(error);
    return new AppError("START_FAILED", message, { problem: "KIND_UNAVAILABLE" }, { cause: error });
  }
  if (error.code === "PORT_TAKEN") {
    const message = `Port ${spec.gamePort} is in use by another program on the engine's machine.`;
    return new AppError("PORT_TAKEN", message, { port: spec.gamePort, holder: null }, { cause: error });
  }
  if (error.code === "NAME_TAKEN") {
    const reason = "A container with this server's name exists already, and it is not one of this mcsd.";
    return new AppError("START_FAILED", reason, { problem: error.code }, { cause: error });
  }
  return new AppError("START_FAILED", error.message, { problem: error.code }, { cause: error });
}
