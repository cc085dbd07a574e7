import type { ContainerTemplate } from "@/server/docker/container-engine";
import type { ContainerSpec, LaunchSpec } from "../launch-strategy";
import { containerName, ownLabels } from "./labels";

export interface TemplateInput {
  installationId: string;
  spec: LaunchSpec & { container: ContainerSpec };
  image: string;
  /** The server's folder as the engine's host knows it. */
  dataSource: string;
  owner: { uid: number; gid: number };
  network: string;
  /** Where RCON and the management service are published. Null: nowhere, mcsd reaches the container's own address. */
  rconAddress: string | null;
  stopSeconds: number;
}

/** Threads of a large modded server stay well below it; a fork bomb does not. */
const pidsLimit = 4096;
/** Until the engine itself sends SIGKILL, once the image should have done so. */
const engineReserveSeconds = 20;

/**
 * What a server's container is made of. The image runs the jar that mcsd has put into the folder and leaves server.properties to
 * mcsd, so that a server is the same files in every kind (variables: https://docker-minecraft-server.readthedocs.io/en/latest/variables/).
 */
export function containerTemplate(input: TemplateInput): ContainerTemplate {
  const { spec, installationId, stopSeconds, rconAddress } = input;
  const { container } = spec;
  return {
    name: containerName(installationId, spec.serverId),
    image: input.image,
    labels: ownLabels(installationId, spec.serverId),
    env: {
      EULA: "TRUE",
      TYPE: "CUSTOM",
      // It has to be there also where it is not what is run.
      CUSTOM_SERVER: `/data/${container.programFile}`,
      ...(container.customExec === null ? {} : { CUSTOM_JAR_EXEC: container.customExec }),
      // Free text of a custom server is no version that the image could make sense of.
      ...(/^\d[\w.-]*$/.test(container.version) ? { VERSION: container.version } : {}),
      INIT_MEMORY: `${container.firstHeapMb}M`,
      MAX_MEMORY: `${spec.memoryMb}M`,
      JVM_OPTS: spec.jvmArgs.join(" "),
      ENABLE_RCON: "TRUE",
      RCON_PORT: String(container.rconPort),
      RCON_PASSWORD: container.rconPassword,
      SERVER_PORT: String(spec.gamePort),
      SKIP_SERVER_PROPERTIES: "TRUE",
      OVERRIDE_SERVER_PROPERTIES: "FALSE",
      SKIP_CHOWN_DATA: "TRUE",
      STOP_DURATION: String(stopSeconds),
      TZ: "UTC",
    },
    dataSource: input.dataSource,
    ...input.owner,
    memoryBytes: containerMemoryMb(spec.memoryMb) * 1024 * 1024,
    cpus: container.cpuLimit,
    pidsLimit,
    ports: [
      { port: spec.gamePort, protocol: "tcp", address: "0.0.0.0" },
      ...(rconAddress === null ? [] : controlPorts(container, rconAddress)),
    ],
    network: input.network,
    stopTimeoutSeconds: stopSeconds + engineReserveSeconds,
  };
}

function controlPorts({ rconPort, managementPort }: ContainerSpec, address: string) {
  const ports = managementPort === null ? [rconPort] : [rconPort, managementPort];
  return ports.map((port) => ({ port, protocol: "tcp" as const, address }));
}

/** A JVM needs more than its heap: a quarter of it, and at least 512 MB, for threads, code, buffers and the collector. */
export function containerMemoryMb(heapMb: number): number {
  return heapMb + Math.max(512, Math.ceil(heapMb / 4));
}
