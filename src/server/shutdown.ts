import type { Server } from "node:http";
import type { JobKind } from "@/domains/jobs/contract";
import type { OwnEngine } from "@/domains/launch/server/own-engine/own-engine";
import { haltServersWithin } from "@/domains/servers/server/halt-servers-within";
import type { Services } from "@/server/context";
import { endsContainer } from "@/server/ends-container";

/** Whatever takes longer (a stop, a start) is taken up again at the next boot. */
const drainMs = 3_000;

/** Snapshots and restores are waited for: to begin a large one anew costs more than the wait. */
const isKept = (kind: JobKind) => kind.startsWith("snapshots.") && kind !== "snapshots.verify";

interface ShutdownOptions {
  services: Services;
  server: Server;
  ending: AbortController;
  ownEngine: Pick<OwnEngine, "end">;
  setStopping(): void;
  closeDatabase(): Promise<void>;
}

/**
 * SIGTERM and SIGINT: health turns 503, streams and waits end, jobs are waited for (snapshots as long as is set), servers are let go
 * (they run on, unless this is the end of mcsd's own container), then the connections, the database and the process end with code 0. A second signal ends at once with code 1.
 */
export function installShutdown({
  services,
  server,
  ending,
  ownEngine,
  setStopping,
  closeDatabase,
}: ShutdownOptions): void {
  const { log } = services;
  let isEnding = false;

  const end = async (signal: string) => {
    if (isEnding) process.exit(1);
    isEnding = true;
    setStopping();
    const isContainersEnd = await endsContainer();
    log.info({ signal }, isContainersEnd ? "stopping with the container" : "stopping; the Minecraft servers run on");
    server.close();
    ending.abort(new Error("mcsd is closing"));
    await services.versionRefresher.stop();
    await Promise.all([services.jobs.drain(drainMs, (kind) => !isKept(kind)), finishSnapshots(services)]);
    await services.snapshots.engine.close();
    if (isContainersEnd) await haltServersWithin(services);
    services.supervisor.release();
    if (isContainersEnd) await ownEngine.end();
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
