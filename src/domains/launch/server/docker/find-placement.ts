import { readFile, stat } from "node:fs/promises";
import { hostname } from "node:os";
import type { ContainerDetails, ContainerEngine } from "@/server/docker/container-engine";

/** How mcsd and an engine see each other. */
export interface Placement {
  /** Id of the container that mcsd itself runs in on that engine; null when it runs beside the engine. */
  ownContainerId: string | null;
  /** True where the engine's host and mcsd share their network: then ports on loopback are reached. */
  sharesNetwork: boolean;
  /** Where the engine's host has a path of ours; null when it has not. */
  toEnginePath(path: string): string | null;
}

/** One machine, one network, the same files. */
export const beside: Placement = { ownContainerId: null, sharesNetwork: true, toEnginePath: (path) => path };

/**
 * Finds out whether mcsd runs in a container of this engine, and where the engine's host keeps what is mounted there. Rejects with
 * an EngineError when the engine does not answer, and with an Error that says the way out when mcsd is in a container of some
 * other engine.
 */
export async function findPlacement(engine: ContainerEngine): Promise<Placement> {
  const [mounts, isInContainer] = await Promise.all([readText("/proc/self/mountinfo"), looksContained()]);
  for (const id of ownIds(mounts, hostname(), isInContainer)) {
    const found = await engine.inspect(id);
    if (found) return placementOf(found);
  }
  // An engine in the same container as mcsd (or the same machine, which may look like one) has its data where mcsd can see it.
  if (!isInContainer || (await isFolder((await engine.info()).dataRoot))) return beside;
  throw new Error(
    `mcsd runs in a container that the engine at ${engine.address} does not know. Mount the socket of the engine that runs mcsd.`,
  );
}

/** Ids to try, the surest first: the files that an engine mounts into each container lie in a folder of the container's name. */
export function ownIds(mountinfo: string, host: string, isInContainer: boolean): string[] {
  const mounted = /\/containers\/([0-9a-f]{64})\/(?:hostname|hosts|resolv\.conf)/.exec(mountinfo)?.[1];
  const named = isInContainer && /^[0-9a-f]{12}$/.test(host) ? host : null;
  return [mounted, named].filter((id): id is string => Boolean(id));
}

export function placementOf(own: ContainerDetails): Placement {
  return {
    ownContainerId: own.isHostNetwork ? null : own.id,
    sharesNetwork: own.isHostNetwork,
    toEnginePath: (path) => {
      const covering = own.mounts
        .filter(({ target }) => path === target || path.startsWith(target.endsWith("/") ? target : `${target}/`))
        .sort((a, b) => b.target.length - a.target.length)[0];
      return covering ? covering.source + path.slice(covering.target.length) : null;
    },
  };
}

async function looksContained(): Promise<boolean> {
  const [docker, podman] = await Promise.all([readText("/.dockerenv"), readText("/run/.containerenv")]);
  return docker !== missing || podman !== missing;
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

const missing = "\u0000missing";

function readText(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => missing);
}
