import { rm } from "node:fs/promises";
import { limitConcurrency } from "@/lib/limit-concurrency";
import { EngineError } from "@/server/docker/engine-error";
import { AppError } from "@/server/errors";
import type { LaunchStrategy } from "../launch-strategy";
import { adoptContainer } from "./adopt-container";
import { checkEngine } from "./check-engine";
import { isLive } from "./container-handle";
import { describeContainer } from "./describe-container";
import { containerPaths, type DockerParts, type DockerStrategyOptions, listOwn, networkOf } from "./docker-parts";
import { preflightContainer } from "./preflight-container";
import { startContainer } from "./start-container";
import { type ContainerWatch, watchContainers } from "./watch-containers";

/** As the image's own default. */
const usualStopSeconds = 60;
const startsAtOnce = 3;

/** Runs servers as containers of an engine, which outlive mcsd and are found again by their labels. */
export function createDockerStrategy(options: DockerStrategyOptions): LaunchStrategy & { close(): void } {
  const listeners = new Set<(serverId: string) => void>();
  let watch: ContainerWatch | null = null;
  const parts: DockerParts = {
    ...options,
    limited: limitConcurrency(startsAtOnce),
    stopSeconds: options.stopSeconds ?? usualStopSeconds,
    watch: () => {
      if (watch) return watch;
      watch = watchContainers(options);
      watch.listen((serverId) => {
        for (const onChange of listeners) onChange(serverId);
      });
      return watch;
    },
  };
  return {
    kind: options.kind,
    preflight: (spec) => preflightContainer(parts, spec),
    start: (spec, signal, onProgress = () => undefined) => startContainer(parts, spec, { signal, onProgress }),
    adopt: (serverId, stored) => adoptContainer(parts, serverId, stored),
    listen: (onChange) => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    check: () => checkEngine(parts),
    describe: (serverId) => describeContainer(parts, serverId),
    forget: async (serverId, { keepsLog } = { keepsLog: false }) => {
      await forgetContainers(parts, serverId);
      if (!keepsLog) await rm(containerPaths(options.runRoot, serverId).folder, { recursive: true, force: true });
    },
    close: () => watch?.close(),
  };
}

async function forgetContainers(parts: DockerParts, serverId: string): Promise<void> {
  try {
    const own = await listOwn(parts, serverId);
    if (own.some(({ state }) => isLive(state))) throw new AppError("STATE_CONFLICT", "The server is still running.");
    for (const { id } of own) await parts.engine.remove(id);
    const placement = await parts.place();
    if (!placement.sharesNetwork) {
      await parts.engine.dropNetwork(networkOf(parts, placement, serverId), placement.ownContainerId);
    }
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw new AppError("STATE_CONFLICT", error.message, {}, { cause: error });
  }
}
