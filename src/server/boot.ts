import { mkdir, rm } from "node:fs/promises";
import { schedule } from "node-cron";
import { pruneAudit } from "@/domains/audit/server/prune-audit";
import { recordAudit } from "@/domains/audit/server/record-audit";
import { removeOldChallenges } from "@/domains/auth/server/passkey-repository";
import { pruneEnded } from "@/domains/auth/server/prune-ended";
import { boundLogs } from "@/domains/console/server/bound-logs";
import { settleExtractions } from "@/domains/files/server/extract/settle-extractions";
import { purgeFileTrash } from "@/domains/files/server/trash/empty-trash";
import { resumableUploads } from "@/domains/files/server/upload/resumable-uploads";
import { pruneOperations } from "@/domains/jobs/server/repository";
import { recoverChanges } from "@/domains/servers/server/change/resume-changes";
import { forgetServer } from "@/domains/servers/server/forget-server";
import { purgeTrash } from "@/domains/servers/server/move-to-trash";
import { type Resumable, recoverOperations } from "@/domains/servers/server/recover-operations";
import { recoverSnapshots } from "@/domains/snapshots/server/recover-snapshots";
import { removeAsides } from "@/domains/snapshots/server/restore/settle-asides";
import { createBackupScheduler } from "@/domains/snapshots/server/schedule/backup-scheduler";
import { tidySnapshots } from "@/domains/snapshots/server/tidy-snapshots";
import { systemActor } from "@/server/auth/actor";
import type { Services } from "@/server/context";

const pauseBetweenStartsMs = 5000;

/** What must be true before anything is served: cut-off operations are settled and running servers are adopted. */
export async function recover(services: Services): Promise<{ resume: ReadonlyMap<string, Resumable> }> {
  const { db, clock, log, dataDir } = services;
  await services.settings.load();
  await services.limits.load();
  await services.jarCache.removeLeftovers();
  await services.javaInstaller.removeLeftovers();
  await clear(dataDir.paths.uploads);
  await resumableUploads(dataDir.paths.resumable).prune(clock.now());
  await resumableUploads(dataDir.paths.imports).prune(clock.now());
  const { settle } = await recoverSnapshots(services);
  const resume = await recoverOperations({
    db,
    clock,
    log,
    paths: dataDir.paths,
    forget: (serverId) => forgetServer(services, serverId),
    settleOther: settle,
  });
  // What an end of mcsd has left half done there is settled by now.
  await settleExtractions(services);
  await clear(dataDir.paths.extractions);
  const changes = await recoverChanges(services);
  const all = new Map([...resume, ...changes.resume]);
  await services.supervisor.boot(all, changes.serverIds);
  await changes.goOn(services);
  await services.snapshots.saving.boot();
  return { resume: all };
}

async function clear(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { mode: 0o700 });
}

/** Starts everything that goes on by itself. Returns at once; all of it ends with the shutdown signal. */
export function startJobs(services: Services, resume: ReadonlyMap<string, Resumable>): void {
  const { clock, log, shutdown } = services;
  services.java.start();
  services.versionRefresher.start(shutdown);
  services.limits.start(shutdown);
  services.metrics.start(shutdown);
  services.players.start(shutdown);
  services.groups.sync.start(shutdown);
  void startWanted(services, resume).catch((error) => log.error({ err: error }, "automatic starts ended early"));

  const scheduler = createBackupScheduler(services);
  const everyMinute = schedule("* * * * *", () => {
    void scheduler.tick().catch((error) => log.error({ err: error }, "the schedules could not be looked at"));
  });
  services.events.listen(({ event }) => {
    // A server that has been ready on what was restored needs the old tree no more.
    if (event.kind !== "server" || event.server.state !== "running") return;
    void removeAsides(services, { serverId: event.server.id }).catch((error) =>
      log.error({ err: error, serverId: event.server.id }, "an old tree could not be removed"),
    );
  });
  const nightly = schedule("17 3 * * *", async () => {
    await purgeTrash(services.dataDir.paths, clock.now(), (name) =>
      recordAudit(services.db, systemActor("trash"), { action: "servers.purge", details: { name } }),
    ).catch((error) => log.error({ err: error }, "the trash could not be emptied"));
    await purgeFileTrash(services).catch((error) => log.error({ err: error }, "deleted files could not be removed"));
    for (const folder of [services.dataDir.paths.resumable, services.dataDir.paths.imports])
      await resumableUploads(folder)
        .prune(clock.now())
        .catch((error) => log.error({ err: error }, "uploads that nobody went on with could not be removed"));
    await pruneOldAudit(services).catch((error) => log.error({ err: error }, "the audit log could not be pruned"));
    await pruneEnded(services.db, clock.now()).catch((error) =>
      log.error({ err: error }, "ended sessions could not be removed"),
    );
    await dumpDaily(services).catch((error) => log.error({ err: error }, "the database could not be dumped"));
    await tidySnapshots(services).catch((error) => log.error({ err: error }, "snapshots could not be tidied"));
    await pruneOperations(services.db).catch((error) => log.error({ err: error }, "old jobs could not be removed"));
  });
  const everyFewMinutes = schedule("*/3 * * * *", async () => {
    await Promise.all([boundLogs(services), forgetChallenges(services)]);
  });
  shutdown.addEventListener("abort", () => {
    void nightly.stop();
    void everyFewMinutes.stop();
    void everyMinute.stop();
  });
}

/** Anybody may ask for a challenge to sign in with; most browsers never answer. */
async function forgetChallenges({ db, clock, log }: Services): Promise<void> {
  await removeOldChallenges(db, clock.now()).catch((error) =>
    log.warn({ err: error }, "challenges of passkeys that nobody answered could not be removed"),
  );
}

async function pruneOldAudit({ settings, db, clock, log }: Services): Promise<void> {
  const days = settings.current().auditRetentionDays;
  if (days === null) return;
  const removed = await pruneAudit({ db, olderThan: new Date(clock.now().getTime() - days * 86_400_000) });
  if (removed > 0) log.info({ removed, days }, "old rows of the audit log were removed");
}

/** Servers that should run and do not: those marked auto-start, and those whose start was cut off; one after the other. */
async function startWanted(
  { supervisor, clock, log, shutdown }: Services,
  resume: ReadonlyMap<string, Resumable>,
): Promise<void> {
  const wanted = supervisor
    .all()
    .filter(({ record }) => record.state === "stopped" && record.desiredState === "running");
  let isFirst = true;
  for (const { record } of wanted) {
    if (!record.autoStart && !resume.has(record.id)) continue;
    if (!isFirst) await clock.sleep(pauseBetweenStartsMs, shutdown);
    isFirst = false;
    await supervisor.starter(record.id, resume.has(record.id) ? "resume" : "auto-start").catch((error) => {
      log.warn({ serverId: record.id, reason: String((error as Error).message) }, "automatic start failed");
    });
  }
}

async function dumpDaily({ dumps, log }: Services): Promise<void> {
  const { path, isVerified } = await dumps.dump("daily");
  log.info({ path, isVerified }, "the database was dumped");
  await dumps.prune();
}
