import { stat } from "node:fs/promises";
import { join } from "node:path";
import { findPortProblem } from "../host/find-port-problem";
import type { LaunchProblem, LaunchSpec } from "../launch-strategy";
import { isLive } from "./container-handle";
import { containerMemoryMb } from "./container-template";
import { type DockerParts, listOwn } from "./docker-parts";
import { noMount } from "./start-container";

/** Looks for everything that would make a start fail, short of downloading the image. Changes nothing. */
export async function preflightContainer(parts: DockerParts, spec: LaunchSpec): Promise<readonly LaunchProblem[]> {
  const { engine } = parts;
  try {
    const file = spec.container?.programFile ?? "server.jar";
    const [placement, own, info, jar] = await Promise.all([
      parts.place(),
      listOwn(parts, spec.serverId),
      engine.info(),
      stat(join(spec.folder, file)).catch(() => null),
    ]);
    if (own.some(({ state }) => isLive(state))) {
      return [{ code: "ALREADY_RUNNING", message: "This server is already running." }];
    }
    const problems: (LaunchProblem | null)[] = [
      placement.toEnginePath(spec.folder) === null ? { code: "KIND_UNAVAILABLE", message: noMount(spec.folder) } : null,
      jar?.isFile() && jar.size > 0
        ? null
        : { code: "JAR_MISSING", message: `The server's folder has no ${file}.`, details: { jar: file } },
      checkMemory(spec, Math.floor(info.memoryBytes / 1024 / 1024)),
      placement.sharesNetwork ? await findPortProblem(spec.gamePort) : null,
    ];
    return problems.filter((problem) => problem !== null);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [{ code: "KIND_UNAVAILABLE", message, details: { kind: parts.kind } }];
  }
}

function checkMemory({ memoryMb }: LaunchSpec, totalMb: number): LaunchProblem | null {
  const neededMb = containerMemoryMb(memoryMb);
  if (neededMb <= totalMb) return null;
  const message = `The server's container is to have ${neededMb} MB of memory (${memoryMb} MB of heap), but the engine's machine has only ${totalMb} MB.`;
  return { code: "NOT_ENOUGH_MEMORY", message, details: { memoryMb: neededMb, totalMb } };
}
