// Longer than 250 lines because every adapter and service is built and connected here, and nowhere else.
import { readFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { sql } from "drizzle-orm";
import { createRefusalRecorder } from "@/domains/audit/server/refusal-recorder";
import { createActorResolver } from "@/domains/auth/server/resolve-actor";
import { createLogHub } from "@/domains/console/server/log-hub";
import { createListWays } from "@/domains/groups/server/lists/open-lists";
import { createGroupSync } from "@/domains/groups/server/sync/group-sync";
import { createJavaInstaller } from "@/domains/java/server/java-installer";
import { createJavaRegistry } from "@/domains/java/server/java-registry";
import { createJobRunner } from "@/domains/jobs/server/job-runner";
import { createDockerStrategy } from "@/domains/launch/server/docker/create-docker-strategy";
import { findPlacement } from "@/domains/launch/server/docker/find-placement";
import { createHostStrategy } from "@/domains/launch/server/host/create-host-strategy";
import { runPaths } from "@/domains/launch/server/host/run-paths";
import { createDindStrategy } from "@/domains/launch/server/own-engine/create-dind-strategy";
import { enginePaths } from "@/domains/launch/server/own-engine/engine-paths";
import { createOwnEngine, type OwnEngine } from "@/domains/launch/server/own-engine/own-engine";
import { createPlainStrategy } from "@/domains/launch/server/plain/create-plain-strategy";
import { processTable } from "@/domains/launch/server/plain/process-table";
import type { LaunchRegistry } from "@/domains/launch/server/registry";
import { createMetricsRecorder } from "@/domains/metrics/server/metrics-recorder";
import { createPlayerNames } from "@/domains/players/server/player-names";
import { createPlayerTracker } from "@/domains/players/server/player-tracker";
import { startServer } from "@/domains/servers/server/start-server";
import { createSupervisor } from "@/domains/servers/server/supervisor";
import { uidBaseOf } from "@/domains/servers/server/uid-base";
import { createSettingsStore } from "@/domains/settings/server/settings-store";
import { createCollector } from "@/domains/snapshots/server/collector";
import { createSnapshotEngine } from "@/domains/snapshots/server/engine/snapshot-engine";
import { createSavingGuard } from "@/domains/snapshots/server/quiesce/saving-guard";
import { createSavingMarks } from "@/domains/snapshots/server/quiesce/saving-marks";
import { createSnapshotUses } from "@/domains/snapshots/server/snapshot-uses";
import { createFabricSource } from "@/domains/versions/server/fabric-source";
import { createForgeSource } from "@/domains/versions/server/forge-source";
import { createJarCache } from "@/domains/versions/server/jar-cache";
import { createKnownJava } from "@/domains/versions/server/known-java";
import { createMojangSource } from "@/domains/versions/server/mojang-source";
import { createNeoForgeSource } from "@/domains/versions/server/neoforge-source";
import { createPaperSource } from "@/domains/versions/server/paper-source";
import { createPurpurSource } from "@/domains/versions/server/purpur-source";
import { createVersionRefresher } from "@/domains/versions/server/version-refresher";
import { takeTurns } from "@/lib/take-turns";
import { systemActor } from "@/server/auth/actor";
import { createRefreshSecrets } from "@/server/auth/refresh-secrets";
import { systemClock } from "@/server/clock";
import type { Services } from "@/server/context";
import { createSealer, deriveKey } from "@/server/crypto/seal";
import type { OpenDatabase } from "@/server/db/connect";
import type { DumpKeeper } from "@/server/db/dump/keep-dumps";
import { createDockerEngine } from "@/server/docker/docker-engine";
import type { Env } from "@/server/env";
import { createEventBus } from "@/server/event-bus";
import type { DataDir } from "@/server/fs/data-dir";
import { type AccessParts, createAccessParts } from "@/server/http/access-part";
import { type Authenticator, createAuthenticator } from "@/server/http/authenticate";
import { createGuardedFetch } from "@/server/http/guarded-fetch";
import { createCallLimits } from "@/server/limits/call-limits";
import { createCodeLimit } from "@/server/limits/code-limit";
import type { Logger } from "@/server/logger";
import { publicUpstreams } from "@/server/settings-table";
import { createReadSqlite } from "@/server/sqlite/read-sqlite";

export interface ContainerInput {
  env: Env;
  log: Logger;
  dataDir: DataDir;
  db: OpenDatabase;
  secretKey: string;
  /** Tells this installation from others on one container engine. */
  installationId: string;
  dumps: DumpKeeper;
  /** Aborts when the program ends. */
  shutdown: AbortSignal;
}

/** Builds every adapter and service, once, and connects them. Nothing is started here. */
export function createContainer(input: ContainerInput): {
  services: Services;
  authenticate: Authenticator;
  authSecret: string;
  access: AccessParts;
  ownEngine: OwnEngine;
} {
  const { env, log, dataDir, db, secretKey, installationId, shutdown } = input;
  const clock = systemClock;
  const version = readVersion();
  const events = createEventBus();
  const sealer = createSealer(secretKey);
  const settings = createSettingsStore(db);
  const jobs = createJobRunner({ db, clock, log, events });
  const consoleLogPath = (serverId: string) => runPaths(dataDir.paths.run, serverId).log;
  const logHub = createLogHub({ pathOf: consoleLogPath, clock, log });
  const java = createJavaRegistry({
    search: { explicitPaths: env.javaPaths, dataFolder: dataDir.paths.java, ...env.javaSearch },
    clock,
    log,
  });
  const runRoot = dataDir.paths.run;
  const hostEngine = createDockerEngine({
    host: env.DOCKER_HOST ?? null,
    certPath: env.DOCKER_CERT_PATH ?? null,
    tlsVerify: env.DOCKER_TLS_VERIFY,
    sshAgent: env.sshAgent,
  });
  const ownPaths = enginePaths({ dataRoot: dataDir.paths.engine, installationId });
  const ownEngine = createOwnEngine({
    paths: ownPaths,
    client: createDockerEngine({ host: `unix://${ownPaths.socket}`, certPath: null, tlsVerify: false, sshAgent: null }),
    clock,
    log,
  });
  const { DOCKER_REGISTRY_USERNAME: username, DOCKER_REGISTRY_PASSWORD: password } = env;
  const login = username && password ? { username, password } : null;
  const docker = { runRoot, installationId, image: env.MINECRAFT_IMAGE, login, clock, log };
  const strategies: LaunchRegistry = {
    host:
      process.platform === "linux"
        ? createHostStrategy({ runRoot, clock, log, isRoot: process.getuid?.() === 0 })
        : createPlainStrategy({ runRoot, clock, log, table: processTable(env.systemEnv), systemEnv: env.systemEnv }),
    dood: createDockerStrategy({ ...docker, kind: "dood", engine: hostEngine, place: () => findPlacement(hostEngine) }),
    dind: createDindStrategy({ ...docker, own: ownEngine }),
  };

  const client = createGuardedFetch({
    userAgent: `mcsd/${version} (+https://github.com/mcsd/mcsd)`,
    trustedBases: chosenUpstreams(env),
  });
  const knownJava = createKnownJava(db);
  const sources = [
    createMojangSource({ client, baseUrl: env.MOJANG_META_URL }),
    createPaperSource({ client, baseUrl: env.PAPER_API_URL }),
    createForgeSource({ client, baseUrl: env.FORGE_META_URL, knownJava }),
    createFabricSource({ client, baseUrl: env.FABRIC_META_URL, knownJava }),
    createNeoForgeSource({ client, baseUrl: env.NEOFORGE_META_URL, knownJava }),
    createPurpurSource({ client, baseUrl: env.PURPUR_API_URL, knownJava }),
  ];
  const versionRefresher = createVersionRefresher({ db, clock, log, sources });
  const jarCache = createJarCache({
    folder: dataDir.paths.jars,
    client,
    hostsFor: (type) => sources.find((source) => source.type === type)?.downloadHosts ?? [],
  });

  const supervisor = createSupervisor({
    db,
    clock,
    log,
    events,
    logHub,
    dataDir,
    java,
    sealer,
    strategies,
    uidBase: uidBaseOf(env),
    portRange: env.PORT_RANGE,
    consoleLog: async (serverId) => {
      const path = consoleLogPath(serverId);
      return {
        path,
        size: await stat(path).then(
          (found) => found.size,
          () => 0,
        ),
      };
    },
  });

  const asking = { db, clock, log, client };
  const names = createPlayerNames({ ...asking, baseUrl: env.MOJANG_API_ENABLED ? env.MOJANG_API_URL : null });
  const knownNames = createPlayerNames({ ...asking, baseUrl: null });
  const lists = createListWays({ clock, dataDir, uidBase: uidBaseOf(env), names, knownNames, supervisor });
  const { open: openLists, openFiles } = lists;
  const groupSync = createGroupSync({ db, clock, log, events, supervisor, openLists, openFiles });
  supervisor.beforeLaunch = groupSync.beforeLaunch;

  const extractorFile = new URL("./archive-extractor.js", import.meta.url);
  const engine = createSnapshotEngine({
    root: dataDir.paths.snapshots,
    workerFile: new URL("./snapshot-worker.js", import.meta.url),
    extractorFile,
  });
  const services: Services = {
    env,
    version,
    db,
    clock,
    log,
    dataDir,
    sealer,
    events,
    jobs,
    limits: createCallLimits({ env, db, log }),
    refusals: createRefusalRecorder({ db, clock, log }),
    codeLimit: createCodeLimit(db),
    settings,
    refreshSecrets: createRefreshSecrets(deriveKey(secretKey, "session refresh")),
    supervisor,
    strategies,
    snapshots: {
      engine,
      collector: createCollector({ engine, log, shutdown }),
      saving: createSavingGuard({ supervisor, logHub, marks: createSavingMarks(db), clock, log, shutdown }),
      uses: createSnapshotUses(),
    },
    files: { inTurn: takeTurns(), nbtReader: new URL("./nbt-reader.js", import.meta.url) },
    readSqlite: createReadSqlite(new URL("./sqlite-reader.js", import.meta.url)),
    groups: { lists, sync: groupSync },
    metrics: createMetricsRecorder({
      ...{ db, clock, log, events, supervisor },
      dataFolder: dataDir.root,
      serverFolder: dataDir.paths.serverFolder,
    }),
    playerNames: names,
    players: createPlayerTracker({ db, clock, log, events, supervisor, logHub, consoleLogPath }),
    logHub,
    consoleLogPath,
    java,
    javaInstaller: createJavaInstaller({
      client,
      baseUrl: env.ADOPTIUM_API_URL,
      folder: dataDir.paths.java,
      extractorFile,
    }),
    jarCache,
    versionRefresher,
    dumps: input.dumps,
    pingDatabase: () => db.execute(sql`select 1`),
    shutdown,
  };
  supervisor.starter = (serverId, reason) => startServer({ ...services, actor: systemActor(reason) }, { serverId });

  const authSecret = deriveKey(secretKey, "next-auth").toString("base64url");
  const access = createAccessParts({
    secret: authSecret,
    seconds: env.ACCESS_TOKEN_EXPIRE_MINUTES * 60,
    cookieSeconds: env.REFRESH_TOKEN_EXPIRE_DAYS * 86_400,
  });
  const authenticate = createAuthenticator({
    actors: createActorResolver({ db, clock, log, settings }),
    access,
  });
  return { services, authenticate, authSecret, access, ownEngine };
}

/** Upstreams that the operator set: those alone may be plain http or a private address. */
function chosenUpstreams(env: Env): URL[] {
  const usual: readonly string[] = Object.values(publicUpstreams);
  const chosen = [
    env.MOJANG_META_URL,
    env.PAPER_API_URL,
    env.MOJANG_API_URL,
    env.FORGE_META_URL,
    env.FABRIC_META_URL,
    env.NEOFORGE_META_URL,
    env.PURPUR_API_URL,
    env.ADOPTIUM_API_URL,
  ];
  return chosen.filter((url) => !usual.includes(url.origin));
}

/** The version of package.json, which lies beside dist/. */
function readVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  return version;
}
