import type { limitConcurrency } from "@/lib/limit-concurrency";
import type { Clock } from "@/server/clock";
import type { ContainerDetails, ContainerEngine, ContainerSummary } from "@/server/docker/container-engine";
import type { Logger } from "@/server/logger";
import { type RunPaths, runPaths } from "../host/run-paths";
import type { ContainerRef, LaunchHandle } from "../launch-strategy";
import { createContainerHandle } from "./container-handle";
import type { Placement } from "./find-placement";
import { installationLabel, serverLabel } from "./labels";
import type { ContainerWatch } from "./watch-containers";

export interface DockerStrategyOptions {
  kind: "dood" | "dind";
  engine: ContainerEngine;
  /** How mcsd and the engine see each other. Rejects with a sentence when they cannot work together. */
  place(): Promise<Placement>;
  /** Absolute path of the folder that holds one run folder per server. */
  runRoot: string;
  installationId: string;
  /** Image as configured, with or without a tag. */
  image: string;
  login: { username: string; password: string } | null;
  clock: Clock;
  log: Logger;
  /** How long the image lets the game save before it ends it. */
  stopSeconds?: number;
}

/** What the verbs of the strategy share. */
export interface DockerParts extends DockerStrategyOptions {
  stopSeconds: number;
  /** Starts containers few at a time: a small machine's engine answers nobody while it starts a dozen. */
  limited: ReturnType<typeof limitConcurrency>;
  /** Begins at its first use, so that nobody asks an engine for nothing. */
  watch(): ContainerWatch;
}

export interface ContainerPaths extends RunPaths {
  cursor: string;
}

export function containerPaths(runRoot: string, serverId: string): ContainerPaths {
  const paths = runPaths(runRoot, serverId);
  return { ...paths, cursor: `${paths.folder}/container-log.json` };
}

/** A server's containers on the engine, whatever they are called now. */
export function listOwn({ engine, installationId }: DockerParts, serverId: string): Promise<ContainerSummary[]> {
  return engine.list([`${installationLabel}=${installationId}`, `${serverLabel}=${serverId}`]);
}

/**
 * Where mcsd shares the host's network, one network that keeps its containers apart, and ports on loopback. Where mcsd is a container
 * itself, a network for each server, which only the two of them are in.
 */
export function networkOf({ installationId }: DockerParts, placement: Placement, serverId: string): string {
  const base = `mcsd-${installationId.slice(0, 8)}`;
  // Of a container's networks the engine takes the first by name for its way out and its published ports: were it one of these, every
  // connection to mcsd would be cut when a server's network comes and goes.
  return placement.sharesNetwork ? base : `zz-${base}-${serverId}`;
}

/** Makes the network if need be, and mcsd's own container a member of it. */
export async function enterNetwork(parts: DockerParts, placement: Placement, serverId: string): Promise<string> {
  const { engine, installationId } = parts;
  const network = networkOf(parts, placement, serverId);
  const labels = { [installationLabel]: installationId };
  await engine.ensureNetwork(network, { labels, isIsolated: placement.sharesNetwork });
  if (placement.ownContainerId) await engine.joinNetwork(network, placement.ownContainerId);
  return network;
}

export function handleOf(
  parts: DockerParts,
  serverId: string,
  { found, placement }: { found: ContainerDetails; placement: Placement },
): LaunchHandle {
  const { kind, engine, clock, log, runRoot } = parts;
  const ref: ContainerRef = { kind, serverId, containerId: found.id, startedAt: found.startedAt ?? "" };
  const address = placement.sharesNetwork
    ? "127.0.0.1"
    : (found.addresses[networkOf(parts, placement, serverId)] ?? Object.values(found.addresses)[0] ?? "127.0.0.1");
  const paths = containerPaths(runRoot, serverId);
  return createContainerHandle({ engine, watch: parts.watch(), ref, address, paths, clock, log });
}
