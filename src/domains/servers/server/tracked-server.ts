import type { ManagementPort } from "../../console/server/management/management-port";
import type { RconPort } from "../../console/server/rcon-port";
import type { LaunchHandle, StopRung, TrackLoss } from "../../launch/server/launch-strategy";
import type { CausedBy, LiveStatus, Server } from "../contract";
import type { ServerRecord } from "./repository";
import type { UsageTotals } from "./usage-totals";

/** What somebody asked a running server to do; tells an end that was wanted from a crash. */
export interface AskedEnd {
  by: CausedBy;
  how: "stop" | "kill" | "restart";
}

/** A server as the supervisor sees it in memory: its row, and what only the running process knows. */
export interface TrackedServer {
  record: ServerRecord;
  handle: LaunchHandle | null;
  asked: AskedEnd | null;
  /** A stop on its way; resolves with the rung of the ladder that ended the process. */
  stopping: Promise<StopRung> | null;
  /** The operation that holds the server's lock, or null. */
  busy: string | null;
  /** Ends a start that has not produced a process yet. */
  launching: AbortController | null;
  /** Watchers of the present process: readiness, live values. */
  watch: AbortController | null;
  /** Resolves when the present process has ended and its end is recorded. */
  ended: Promise<void>;
  rcon: RconPort | null;
  /** A second connection, for what mcsd asks by itself: nobody's command waits for it. */
  probe: RconPort | null;
  /** The game's own management service, where its version has one; reached or not. */
  management: ManagementPort | null;
  launchedAt: Date | null;
  /** Id of the first log line of the present launch, or null when not known. */
  firstLine: string | null;
  retryAt: Date | null;
  cancelRetry: (() => void) | null;
  /** Moments (ms) of automatic restarts. */
  restarts: number[];
  live: LiveStatus;
  /** Who is in the game, whole, as its management service said at that moment; null while it says nothing. */
  present: { at: Date; players: { name: string; uuid: string | null }[] } | null;
  /** First and newest reading of what the present process uses. */
  usage: { first: UsageTotals; newest: UsageTotals } | null;
  /** Why the state is `unknown`, while it is. */
  loss: TrackLoss | null;
  /** Its version has just been changed and has not proved itself: nothing but the change starts it again. */
  trial: { healthyUntil: Date | null } | null;
  /** A search for the process is under way. */
  isBeingAdopted: boolean;
}

export const noLiveStatus: LiveStatus = {
  cpu: null,
  memoryBytes: null,
  playersOnline: null,
  playersMax: null,
  playerNames: [],
};

export function trackServer(record: ServerRecord): TrackedServer {
  return {
    record,
    handle: null,
    asked: null,
    stopping: null,
    busy: null,
    launching: null,
    watch: null,
    ended: Promise.resolve(),
    rcon: null,
    probe: null,
    management: null,
    launchedAt: null,
    firstLine: null,
    retryAt: null,
    cancelRetry: null,
    restarts: [],
    live: noLiveStatus,
    present: null,
    usage: null,
    loss: null,
    trial: null,
    isBeingAdopted: false,
  };
}

/** Where the server's ports answer mcsd. */
export function addressOf({ handle }: TrackedServer): string {
  return handle?.address ?? "127.0.0.1";
}

/** The game's management service, if it can be used at this moment. */
export function managementOf({ management }: TrackedServer): ManagementPort | null {
  return management?.isConnected ? management : null;
}

/** The public view: the row with what is observed. Nothing secret is copied. */
export function toServer(record: ServerRecord, tracked: TrackedServer | null): Server {
  const { rconPassword, rconPort, managementSecret, managementPort, ...others } = record;
  const { launchRef, uidNumber, jar, program, eulaAcceptedBy, eulaAcceptedAt, ...shown } = others;
  const observed = tracked?.record ?? record;
  return {
    ...shown,
    desiredState: observed.desiredState,
    state: observed.state,
    stateSince: observed.stateSince,
    lastEnd: observed.lastEnd,
    eulaAccepted: eulaAcceptedAt !== null,
    retryAt: tracked?.retryAt ?? null,
    live: tracked?.live ?? noLiveStatus,
    control: tracked && observed.state === "running" ? (managementOf(tracked) ? "management" : "rcon") : null,
    trial: tracked?.trial ?? null,
    loss: observed.state === "unknown" ? (tracked?.loss ?? null) : null,
  };
}
