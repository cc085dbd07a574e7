import type { Clock } from "@/server/clock";
import type { Database } from "@/server/db/connect";
import type { EventBus } from "@/server/event-bus";
import type { Logger } from "@/server/logger";
import type { Supervisor } from "../../servers/server/supervisor";
import type { TrackedServer } from "../../servers/server/tracked-server";
import { type HostCapacity, type HostValues, type ServerValues, sampleSeconds } from "../contract";
import { createFolderSizes } from "./folder-sizes";
import { createHostUsage } from "./host-usage";
import { pruneMetrics } from "./prune-metrics";
import { insertHostSample, insertServerSamples } from "./repository";
import { floorTo, rollUp } from "./roll-up";
import { createServerSampler } from "./sample-server";
import { createTickProbe } from "./tick-probe";

/** A timer may go off a moment early. */
const lateMs = 20;
const minute = 60;
const tenMinutes = 600;
/** Events between which others get a turn: a subscriber's backlog is bounded. */
const eventsAtOnce = 100;

export interface RecorderDeps {
  db: Database;
  clock: Clock;
  log: Logger;
  events: EventBus;
  supervisor: Pick<Supervisor, "all" | "probe">;
  dataFolder: string;
  serverFolder(serverId: string): string;
}

export interface MetricsRecorder {
  /** Takes a sample of everything every 15 s, at multiples of them, until the signal. Returns at once. */
  start(signal: AbortSignal): void;
  /** Samples all that runs; `end` is when the seconds of the sample are over. Sums up and removes what is due then. */
  tick(end: Date): Promise<void>;
  /** The newest sample of a server that runs, or of the machine. */
  latest(serverId: string): ServerValues | null;
  latestOfHost(): HostValues | null;
  hostCapacity(): Promise<HostCapacity>;
}

export function createMetricsRecorder(deps: RecorderDeps): MetricsRecorder {
  const { db, clock, log, events, supervisor } = deps;
  const probe = createTickProbe(supervisor);
  const sample = createServerSampler();
  const sizes = createFolderSizes(deps.serverFolder);
  const host = createHostUsage(deps.dataFolder);
  let latest = new Map<string, ServerValues>();
  let latestOfHost: HostValues | null = null;
  let summedUpTo = 0;
  let prunedAt = 0;

  const sampleServers = async () => {
    const running = supervisor.all().filter(({ handle }) => handle !== null);
    sizes.keep(running.map(({ record }) => record.id));
    const ticks = await Promise.all(running.map(probe));
    const known = running.map((tracked, index) => {
      const values = sample(tracked, {
        ticks: ticks[index] ?? { tps: null, mspt: null },
        diskBytes: sizes.of(tracked.record.id),
      });
      return { tracked, values };
    });
    return known.filter(({ tracked }) => tracked.handle !== null);
  };

  const tell = async (at: Date, servers: { tracked: TrackedServer; values: ServerValues }[], values: HostValues) => {
    events.publish({ ownerId: null, permission: "system.view_health", event: { kind: "host", at, values } });
    for (const [index, { tracked, values }] of servers.entries()) {
      if (index % eventsAtOnce === eventsAtOnce - 1) await new Promise<void>((resolve) => setImmediate(resolve));
      const { id, ownerId } = tracked.record;
      events.publish({ ownerId, event: { kind: "metrics", serverId: id, at, values } });
    }
  };

  const tidy = async (now: Date) => {
    const lastMinute = floorTo(now.getTime(), minute);
    if (lastMinute === summedUpTo) return;
    await rollUp(db, now);
    summedUpTo = lastMinute;
    const due = floorTo(now.getTime(), tenMinutes);
    if (due === prunedAt) return;
    await pruneMetrics(db, now);
    prunedAt = due;
  };

  const recorder: MetricsRecorder = {
    latest: (serverId) => latest.get(serverId) ?? null,
    latestOfHost: () => latestOfHost,
    hostCapacity: host.capacity,

    async tick(end) {
      const at = new Date(end.getTime() - sampleSeconds * 1000);
      const [servers, values] = await Promise.all([sampleServers(), host.read()]);
      latest = new Map(servers.map(({ tracked, values }) => [tracked.record.id, values]));
      latestOfHost = values;
      await tell(at, servers, values);
      await Promise.all([
        insertServerSamples(
          db,
          at,
          servers.map(({ tracked, values }) => ({ serverId: tracked.record.id, values })),
        ),
        insertHostSample(db, at, values),
      ]);
      await tidy(end);
    },

    start(signal) {
      void (async () => {
        await host.read();
        while (!signal.aborted) {
          const now = clock.now().getTime();
          const end = floorTo(now, sampleSeconds) + sampleSeconds * 1000;
          await clock.sleep(end - now + lateMs, signal);
          await recorder
            .tick(new Date(end))
            .catch((error) => signal.aborted || log.warn({ err: error }, "the use of resources was not recorded"));
        }
      })().catch(
        (error) => signal.aborted || log.error({ err: error }, "the use of resources is not recorded any more"),
      );
    },
  };
  return recorder;
}
