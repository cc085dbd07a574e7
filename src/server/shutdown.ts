import type { Server } from "node:http";
import type { JobKind } from "@/domains/jobs/contract";
import type { Services } from "@/server/context";

/** Whatever takes longer (a stop, a start) is taken up again at the next boot. */
const drainMs = 3_000;

/** Snapshots and restores are waited for: to begin a large one anew costs more than the wait. */
const isKept = (kind: JobKind) => kind.startsWith("snapshots.") && kind !== "snapshots.verify";

interface ShutdownOptions {
  services: Services;
  server: Server;
  ending: AbortController;
  setStopping(): void;
  closeDatabase(): Promise<void>;
}

/**
 * SIGTERM and SIGINT: health turns 503, streams and waits end, jobs are waited for (snapshots as long as is set), servers are let go
 * (they run on), then the connections, the database and the process end with code 0. A second signal ends at once with code 1.
 */
export function installShutdown({ services, server, ending, setStopping, closeDatabase }: ShutdownOptions): void {
  const { log } = services;
  let isEnding = false;

  const end = async (signal: string) => {
    if (isEnding) process.exit(1);
    isEnding = true;
    setStopping();
    log.info({ signal }, "stopping; the Minecraft servers run on");
    server.close();
    ending.abort(new Error("mcsd is closing"));
    await services.versionRefresher.stop();
    await Promise.all([services.jobs.drain(drainMs, (kind) => !isKept(kind)), finishSnapshots(services)]);
    await services.snapshots.engine.close();
    services.supervisor.release();
    services.logHub.close();
    server.closeAllConnections();
    await services.refusals.flush();
    await services.limits
      .save()
      .catch((error) => log.warn({ err: error }, "the counts of the rate limits were not saved"));
    await closeDatabase();
    process.exit(0);
  };

  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      end(signal).catch((error) => {
        log.error({ err: error }, "the shutdown failed");
        process.exit(1);
      });
    });
  }
}

/** What is not done when the time is over is broken off and marked failed. */
async function finishSnapshots({ jobs, env, log }: Services): Promise<void> {
  if (await jobs.settle(env.BACKUP_SHUTDOWN_TIMEOUT_SECONDS * 1000, isKept)) return;
  log.warn("snapshots took too long to be waited for and are broken off");
  await jobs.drain(drainMs, isKept);
}
