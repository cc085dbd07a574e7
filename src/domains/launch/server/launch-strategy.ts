import type { ContainerView, ExitInfo, KindCheck, LaunchKind, trackLossReasons } from "../contract";

/** What to run. Every path is absolute; nothing in here has been near a shell. */
export interface LaunchSpec {
  serverId: string;
  /** The server's own folder, the process's working directory. */
  folder: string;
  /** Absolute path of `java` (host kind). */
  javaPath: string;
  /** JVM flags, already checked against the allow-list. */
  jvmArgs: readonly string[];
  /** What follows the JVM flags, for example `["-jar", "server.jar", "nogui"]`. */
  programArgs: readonly string[];
  memoryMb: number;
  gamePort: number;
  /** Unprivileged uid and gid for the process; null means mcsd's own user. */
  uid: number | null;
  /** What the Docker kinds need beside; they take neither `javaPath` nor `programArgs`. */
  container?: ContainerSpec;
}

export interface ContainerSpec {
  /** Major version that the server's version asks for, or that a person chose. */
  javaMajor: number;
  version: string;
  firstHeapMb: number;
  /** In cores; null: no limit. */
  cpuLimit: number | null;
  rconPort: number;
  rconPassword: string;
  /** Of the game's management service; null where its version has none. */
  managementPort: number | null;
  /** What is run, relative to the folder: a jar, or a file of arguments, and then what stands in the place of `-jar …`. */
  programFile: string;
  customExec: string | null;
}

/** How far a start has come before there is a process: bytes of an image. */
export type StartProgress = (step: "image", done: number, total: number | null) => void;

/** A reason why a start would fail, found before anything is started. `message` is an English sentence. */
export interface LaunchProblem {
  code:
    | "JAVA_NOT_FOUND"
    | "JAR_MISSING"
    | "PORT_TAKEN"
    | "NOT_ENOUGH_MEMORY"
    | "FOLDER_UNREACHABLE"
    | "ALREADY_RUNNING"
    | "KIND_UNAVAILABLE";
  message: string;
  details?: Record<string, unknown>;
}

/** Plain JSON, stored with the server: enough to find the process again and to never mistake another one for it. */
export type LaunchRef = HostRef | ContainerRef;

export type ContainerRef = {
  kind: "dood" | "dind";
  serverId: string;
  containerId: string;
  /** When this run of it began, as the engine tells: the same container may be started again. */
  startedAt: string;
};

export type HostRef = {
  kind: "host";
  serverId: string;
  pid: number;
  /** Start time of `pid` in clock ticks since boot (field 22 of /proc/[pid]/stat). */
  startTicks: string;
  /** Process group, equal to the launcher's pid. */
  pgid: number;
  /** /proc/sys/kernel/random/boot_id. */
  bootId: string;
};

export interface RawLogLine {
  /** Byte offset of the line's first byte in the server's console log, as a decimal string. Grows for ever, never reused. */
  id: string;
  text: string;
  /** When mcsd saw the line arrive (live), or null for lines that were there before. ISO 8601, UTC. */
  seenAt: string | null;
}

export interface ResourceUsage {
  /** Share of one core, 1 = one core busy, over the time since the last call. */
  cpu: number;
  /** Resident memory of the process group in bytes. */
  memoryBytes: number;
  /**
   * Bytes since some moment that is fixed while the handle lives; they never fall. Only differences mean something. Null
   * where the kind cannot tell them.
   */
  diskReadBytes: number | null;
  diskWrittenBytes: number | null;
  networkReceivedBytes: number | null;
  networkSentBytes: number | null;
}

export interface StopOptions {
  /** Time in ms to wait after each rung of the ladder: console `stop`, SIGTERM, SIGKILL. */
  graceMs: number;
  termMs: number;
  /** Asks the server to stop by a better way than the console (RCON); resolves false when it could not. */
  askNicely?: () => Promise<boolean>;
}

export type StopRung = "asked" | "sigterm" | "sigkill";

/** Why a process cannot be tracked at the moment; `message` is an English sentence. */
export interface TrackLoss {
  reason: (typeof trackLossReasons)[number];
  message: string;
}

/** A ref in the terms of a person who looks for the process: `{ pid }` or `{ container }`. */
export function describeRef(ref: LaunchRef): Record<string, string | number> {
  return ref.kind === "host" ? { pid: ref.pid } : { container: ref.containerId.slice(0, 12) };
}

export interface LaunchHandle {
  readonly ref: LaunchRef;
  /** Host or address at which the server's ports answer mcsd. */
  readonly address: string;
  /**
   * Resolves when the process cannot be tracked any more although it may be there. The handle is good for nothing then:
   * release it, adopt again.
   */
  readonly lost?: Promise<TrackLoss>;
  /** Resolves once, when no process of this launch is left. Never rejects. */
  readonly exited: Promise<ExitInfo>;
  /**
   * Writes one line to the process's standard input, never waiting: NOT_RUNNING when nobody has it open, STATE_CONFLICT
   * when the process has stopped reading, COMMAND_INVALID for control characters and more than 4,095 bytes.
   */
  write(line: string): Promise<void>;
  /** Usage since the last call, or null when it cannot be read. */
  stats(): Promise<ResourceUsage | null>;
  /** Walks the ladder until the whole process group is gone; says which rung did it. STOP_FAILED if even SIGKILL leaves some. */
  stop(options: StopOptions): Promise<{ exit: ExitInfo; rung: StopRung }>;
  /** SIGKILL to the whole group. */
  kill(): Promise<ExitInfo>;
  /** Stops watching and frees what watching costs; leaves the process running. */
  release(): void;
}

/** One way to run a server. State, locks, readiness and crash policy live above it, once for all kinds. */
export interface LaunchStrategy {
  readonly kind: LaunchKind;
  /** Looks for reasons not to start. No side effects. */
  preflight(spec: LaunchSpec): Promise<readonly LaunchProblem[]>;
  /**
   * Resolves when the process exists and runs the program asked for. At most one process per server id. Rejects with an
   * AppError and leaves nothing behind: SERVER_BUSY (it runs already), START_FAILED, JOB_CANCELLED (aborted).
   */
  start(spec: LaunchSpec, signal: AbortSignal, onProgress?: StartProgress): Promise<LaunchHandle>;
  /**
   * Finds the process of this server, whether or not a ref was stored; `gone` carries how it ended when that is known.
   * Never starts, signals or kills anything. Rejects with STATE_CONFLICT when it cannot be told at the moment (`details.reason`
   * is one of TrackLoss): try again.
   */
  adopt(
    serverId: string,
    ref: LaunchRef | null,
  ): Promise<{ handle: LaunchHandle } | { handle: null; exit: ExitInfo | null }>;
  /**
   * Calls back with the id of a server whose process may have come or become visible again without a start of ours.
   * Kinds whose processes only mcsd can start have none. Returns what ends it.
   */
  listen?(onChange: (serverId: string) => void): () => void;
  /**
   * The container that is the server or was it last, for people to look at; null when there is none. Kinds without containers
   * have nothing to describe. Rejects with STATE_CONFLICT when the engine does not answer.
   */
  describe?(serverId: string): Promise<ContainerView | null>;
  /**
   * Removes what the strategy keeps for a server that is gone for good, or that from now on is of another kind (`keepsLog`: its
   * console log goes on). Rejects with STATE_CONFLICT while it runs.
   */
  forget(serverId: string, options?: { keepsLog: boolean }): Promise<void>;
  /**
   * Whether servers of this kind can be run here, and what stands in the way. Never rejects. `isWanted`: somebody is about to
   * use the kind, so that what has to be started for it may be started.
   */
  check(options?: { isWanted: boolean }): Promise<KindCheck>;
}
