/** A container as the engine's list shows it. */
export interface ContainerSummary {
  id: string;
  name: string;
  labels: Readonly<Record<string, string>>;
  state: ContainerState;
}

/** The engine's own words; a new one of a later engine arrives as it is. */
export type ContainerState = "created" | "running" | "paused" | "restarting" | "removing" | "exited" | "dead" | string;

export interface ContainerDetails extends ContainerSummary {
  /** Image as it was asked for, e.g. `itzg/minecraft-server:java21`. */
  image: string;
  imageId: string;
  /** ISO 8601 with nanoseconds, or null when it never ran. */
  startedAt: string | null;
  finishedAt: string | null;
  /** As the engine reports it: 128 + n for signal n. */
  exitCode: number;
  isOutOfMemory: boolean;
  /** Why the last start failed, in the engine's words; empty when it did not. */
  error: string;
  /** `healthy`, `unhealthy`, `starting`, or null where the image has no check. */
  health: string | null;
  mounts: readonly { source: string; target: string }[];
  /** Its address in each network by the network's name. */
  addresses: Readonly<Record<string, string>>;
  /** True where it shares the network of the host. */
  isHostNetwork: boolean;
  memoryLimitBytes: number;
  restartCount: number;
  /** What the engine's machine has open for it now; `address` is the machine's. */
  ports: readonly { port: number; protocol: string; address: string; inside: number }[];
}

/** Everything that differs between two containers of ours. The rest is fixed in `create-options.ts`. */
export interface ContainerTemplate {
  name: string;
  image: string;
  labels: Readonly<Record<string, string>>;
  env: Readonly<Record<string, string>>;
  /** Folder of the host that becomes /data. */
  dataSource: string;
  /** Uid and gid of everything in the container. */
  uid: number;
  gid: number;
  memoryBytes: number;
  /** Share of cores, 1.5 = one and a half; null for no limit. */
  cpus: number | null;
  pidsLimit: number;
  /** Container ports equal host ports; `address` is the host's, 0.0.0.0 for all. */
  ports: readonly { port: number; protocol: "tcp" | "udp"; address: string }[];
  network: string;
  /** How long the engine itself waits between SIGTERM and SIGKILL when it is told to stop the container. */
  stopTimeoutSeconds: number;
}

export interface EngineInfo {
  version: string;
  apiVersion: string;
  os: string;
  cpus: number;
  memoryBytes: number;
  storageDriver: string;
  dataRoot: string;
  containers: number;
  isLiveRestore: boolean;
  securityOptions: readonly string[];
  warnings: readonly string[];
}

/** Cumulative since the container's start; null where the engine does not tell. */
export interface ContainerUsage {
  cpuNanoseconds: number;
  memoryBytes: number;
  diskReadBytes: number | null;
  diskWrittenBytes: number | null;
  networkReceivedBytes: number | null;
  networkSentBytes: number | null;
}

/** One entry of a container's log: usually a line. */
export interface LogEntry {
  /** RFC 3339 with nanoseconds, UTC. */
  at: string;
  /** With its line end, which only the last part of an overlong line has. */
  bytes: Buffer;
}

export interface EngineEvent {
  /** `start`, `die`, `destroy`, `oom`, `pause`, `rename` … */
  action: string;
  containerId: string;
  labels: Readonly<Record<string, string>>;
}

export interface PullProgress {
  /** Bytes over all layers known so far. */
  done: number;
  total: number;
}

export interface RegistryLogin {
  username: string;
  password: string;
  /** Registry's address, e.g. `registry.example.org`. */
  server: string;
}

/** A standard input that is open, at the side of whoever writes. */
export interface ContainerInput {
  /** False when the container has stopped reading and what is written would only pile up. */
  write(bytes: Buffer): boolean;
  readonly isOpen: boolean;
  close(): void;
}

/**
 * A container engine (Docker). Every call has a time limit and rejects with EngineError alone; what is not there is null
 * and what has happened already is no failure.
 */
export interface ContainerEngine {
  /** Where it is, for messages: `unix:///var/run/docker.sock`. Holds no secret. */
  readonly address: string;
  info(): Promise<EngineInfo>;
  /** Containers that carry all of the labels (`name` or `name=value`), also those that have ended; `withinMs` is a time limit of its own. */
  list(labels: readonly string[], options?: { withinMs: number }): Promise<ContainerSummary[]>;
  inspect(idOrName: string): Promise<ContainerDetails | null>;
  /** Resolves with the id. `NAME_TAKEN` and `IMAGE_MISSING` are answers of their own. */
  create(template: ContainerTemplate): Promise<string>;
  start(id: string): Promise<void>;
  /** True when a running container got the signal. */
  signal(id: string, name: "SIGTERM" | "SIGKILL"): Promise<boolean>;
  /** Ends it if need be. */
  remove(id: string): Promise<void>;
  /** Follows the log from `since` (inclusive) to the end of the container's run, or until the signal aborts; entries as they arrive. */
  followLog(id: string, options: { since: string | null; signal: AbortSignal }): AsyncIterable<LogEntry[]>;
  openInput(id: string): Promise<ContainerInput>;
  /** Null when it does not run. */
  usage(id: string): Promise<ContainerUsage | null>;
  /** Calls back for every event of a container with all of the labels, from `onOpen` on; rejects when the stream breaks. */
  watchEvents(
    labels: readonly string[],
    options: { signal: AbortSignal; onOpen(): void; onEvent(event: EngineEvent): void },
  ): Promise<never>;
  findImage(name: string): Promise<{ id: string; sizeBytes: number } | null>;
  pullImage(
    name: string,
    options: { login: RegistryLogin | null; signal: AbortSignal; onProgress(progress: PullProgress): void },
  ): Promise<void>;
  /** Makes a bridge network unless it is there; `isIsolated` forbids its containers to talk to each other. */
  ensureNetwork(
    name: string,
    options: { labels: Readonly<Record<string, string>>; isIsolated: boolean },
  ): Promise<void>;
  joinNetwork(network: string, containerId: string): Promise<void>;
  /** Makes the container leave, and removes the network when nobody else is in it. */
  dropNetwork(network: string, containerId: string | null): Promise<void>;
}
