import type { ContainerInfo, ContainerInspectInfo, ContainerStats } from "dockerode";
import type { ContainerDetails, ContainerSummary, ContainerUsage } from "./container-engine";

export function toSummary(found: ContainerInfo): ContainerSummary {
  return {
    id: found.Id,
    name: nameOf(found.Names[0]),
    labels: found.Labels ?? {},
    state: found.State,
  };
}

export function toDetails(found: ContainerInspectInfo): ContainerDetails {
  const state = found.State;
  const addresses: Record<string, string> = {};
  for (const [name, network] of Object.entries(found.NetworkSettings?.Networks ?? {})) {
    if (network.IPAddress) addresses[name] = network.IPAddress;
  }
  return {
    id: found.Id,
    name: nameOf(found.Name),
    labels: found.Config.Labels ?? {},
    state: state.Status,
    image: found.Config.Image,
    imageId: found.Image,
    startedAt: timeOf(state.StartedAt),
    finishedAt: timeOf(state.FinishedAt),
    exitCode: state.ExitCode,
    isOutOfMemory: state.OOMKilled,
    error: state.Error ?? "",
    health: healthOf(state),
    mounts: (found.Mounts ?? []).map((mount) => ({ source: mount.Source, target: mount.Destination })),
    addresses,
    isHostNetwork: found.HostConfig?.NetworkMode === "host",
    memoryLimitBytes: found.HostConfig?.Memory ?? 0,
    restartCount: found.RestartCount ?? 0,
    ports: Object.entries(found.NetworkSettings?.Ports ?? {}).flatMap(toPorts),
  };
}

/** One end of the container, such as `25565/tcp`, with what leads to it; the engine tells IPv4 and IPv6 apart. */
function toPorts([inside, bindings]: [string, { HostIp: string; HostPort: string }[] | null]) {
  const [number, protocol = "tcp"] = inside.split("/");
  return (bindings ?? [])
    .filter(({ HostIp }) => !HostIp.includes(":"))
    .map(({ HostIp, HostPort }) => ({ port: Number(HostPort), protocol, address: HostIp, inside: Number(number) }));
}

/** Null for a container that does not run: the engine answers with zeros then. */
export function toUsage(stats: ContainerStats): ContainerUsage | null {
  const cpu = stats.cpu_stats?.cpu_usage?.total_usage ?? 0;
  const memory = stats.memory_stats ?? {};
  if (cpu === 0 && !memory.usage) return null;
  // The page cache is given back when memory is short, so it is not what the server needs (as `docker stats` counts, for cgroup v1 and v2).
  const details = (memory.stats ?? {}) as unknown as Record<string, number | undefined>;
  const cache = details.total_inactive_file ?? details.inactive_file ?? 0;
  const networks = stats.networks ? Object.values(stats.networks) : null;
  return {
    cpuNanoseconds: cpu,
    memoryBytes: Math.max(0, (memory.usage ?? 0) - cache),
    ...transferred(stats),
    networkReceivedBytes: networks?.reduce((sum, { rx_bytes }) => sum + rx_bytes, 0) ?? null,
    networkSentBytes: networks?.reduce((sum, { tx_bytes }) => sum + tx_bytes, 0) ?? null,
  };
}

function transferred({ blkio_stats }: ContainerStats): Pick<ContainerUsage, "diskReadBytes" | "diskWrittenBytes"> {
  const entries = blkio_stats?.io_service_bytes_recursive;
  if (!entries) return { diskReadBytes: null, diskWrittenBytes: null };
  const sum = (name: string) =>
    entries.filter(({ op }) => op.toLowerCase() === name).reduce((bytes, { value }) => bytes + value, 0);
  return { diskReadBytes: sum("read"), diskWrittenBytes: sum("write") };
}

/** The engine's zero time, year 1, means never. */
function timeOf(text: string | undefined): string | null {
  return text === undefined || text === "" || text.startsWith("0001-") ? null : text;
}

function healthOf(state: ContainerInspectInfo["State"]): string | null {
  const status = state.Health?.Status;
  return status === undefined || status === "none" ? null : status;
}

function nameOf(name: string | undefined): string {
  return (name ?? "").replace(/^\//, "");
}
