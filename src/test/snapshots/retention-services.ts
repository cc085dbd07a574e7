import { createJobRunner } from "@/domains/jobs/server/job-runner";
import { createCollector } from "@/domains/snapshots/server/collector";
import type { SnapshotEngine } from "@/domains/snapshots/server/engine/snapshot-engine";
import { createSnapshotUses } from "@/domains/snapshots/server/snapshot-uses";
import type { Services } from "@/server/context";
import type { Database } from "@/server/db/connect";
import { createEventBus } from "@/server/event-bus";
import { createLogger } from "@/server/logger";

export const keptOfEachType = 3;

export interface RetentionPlace {
  db: Database;
  engine: SnapshotEngine;
  serverId: string;
  ownerId: string;
  /** Where restores keep what was there before; needed for the recovery alone. */
  restores?: string;
}

/** What retention needs of the program, with a real database and a real store: three of each type are kept. */
export function retentionServices({ db, engine, serverId, ownerId, restores }: RetentionPlace): Services {
  const log = createLogger({ level: "silent", pretty: false });
  const shutdown = new AbortController().signal;
  const clock = { now: () => new Date() };
  const events = createEventBus();
  const record = { id: serverId, ownerId, name: "Keep" };
  return {
    ...{ db, log, shutdown, events, clock },
    dataDir: { paths: { restores } },
    jobs: createJobRunner({ db, log, events, clock: clock as Services["clock"] }),
    env: { MAX_BACKUP_RETENTION: keptOfEachType, MAX_BACKUP_INTERVAL_HOURS: 168 },
    settings: { limits: () => ({}) },
    snapshots: { engine, uses: createSnapshotUses(), collector: createCollector({ engine, log, shutdown }) },
    supervisor: { find: () => ({ record }) },
  } as unknown as Services;
}
