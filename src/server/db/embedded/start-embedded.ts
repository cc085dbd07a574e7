import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { BootError } from "@/server/boot-error";
import { type DataPaths, dataPaths } from "@/server/fs/data-paths";
import { databaseUid } from "@/server/fs/database-uid";
import { errorCode } from "@/server/fs/error-code";
import { readOrCreateSecret } from "@/server/fs/secret-file";
import type { Logger } from "@/server/logger";
import { adoptPostmaster } from "./adopt-postmaster";
import { createCluster, giveTo } from "./create-cluster";
import { findFreePort } from "./free-port";
import { findPostgresBinaries } from "./postgres-binaries";
import { clusterNameFor, type PostgresSettings } from "./postgres-settings";
import { findPostmaster } from "./postmaster-file";
import { trimPostmasterLog } from "./postmaster-log";
import { databaseUrl, probePostmaster } from "./probe-postmaster";
import { isProcessAlive } from "./process-state";
import { resetPassword } from "./reset-password";
import { type SpawnOptions, spawnPostmaster } from "./spawn-postmaster";
import { stopPostmaster } from "./stop-postmaster";
import { usableBinaries } from "./usable-binaries";
import { watchPostmaster } from "./watch-postmaster";

export interface EmbeddedDatabase {
  /** Connection string with the password; stays the same as long as this mcsd runs. */
  readonly url: string;
  /** The postmaster was left running by an earlier mcsd. */
  readonly adopted: boolean;
  /** Fast shutdown: open transactions roll back, then a clean end. Close the pool before. */
  stop(): Promise<void>;
}

/**
 * Runs a real PostgreSQL in `{dataDir}/postgres`, on a TCP port of 127.0.0.1 alone: makes the cluster at first, adopts a
 * postmaster that a killed mcsd left behind, and brings it back when it ends by itself. The caller holds the data
 * folder's lock. Failures are BootErrors.
 *
 * @param options.uid user of the database when mcsd is root (a number without an account will do)
 */
export async function startEmbedded(options: {
  dataDir: string;
  log: Logger;
  uid?: number;
  settings?: PostgresSettings;
  noSync?: boolean;
}): Promise<EmbeddedDatabase> {
  const { log, settings } = options;
  const paths = dataPaths(options.dataDir);
  const uid = process.getuid?.() === 0 ? (options.uid ?? databaseUid) : null;
  const installed = await findPostgresBinaries();
  const binaries = await usableBinaries({ installed, paths, uid, log });
  const password = await readOrCreateSecret(paths.postgresPassword);
  const clusterFolder = paths.postgres;
  const clusterName = clusterNameFor(installed.version, settings);
  const spawning: SpawnOptions = { binaries, clusterFolder, clusterName, logFile: paths.postgresLog, uid, settings };

  if (!(await isCluster({ paths, major: installed.major, uid }))) {
    await createCluster({ binaries, clusterFolder, password, uid, noSync: options.noSync });
  }

  const left = await adoptPostmaster({ clusterFolder, clusterName, password, log });
  let current = left ?? (await startFresh(spawning, password));
  log.info({ pid: current.pid, port: current.port, adopted: left !== null }, "the embedded database is ready");

  const watching = new AbortController();
  const watch = watchPostmaster({
    isAlive: () => isProcessAlive(current.pid),
    restart: async () => {
      current =
        (await adoptPostmaster({ clusterFolder, clusterName, password, log })) ??
        (await startOn(spawning, password, current.port));
    },
    log,
    signal: watching.signal,
  });
  const trim = setInterval(trimPostmasterLog, 3_600_000, paths.postgresLog).unref();

  return {
    url: databaseUrl({ port: current.port, password }),
    adopted: left !== null,
    stop: async () => {
      clearInterval(trim);
      watching.abort();
      await watch;
      if (findPostmaster(clusterFolder)?.pid === current.pid) await stopPostmaster(current.pid);
    },
  };
}

/** Another program may take the port between our look and the postmaster's, so a few ports are tried. */
async function startFresh(spawning: SpawnOptions, password: string): Promise<{ pid: number; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = await findFreePort();
    try {
      return await startOn(spawning, password, port);
    } catch (error) {
      const isTaken = error instanceof Error && /could not (bind|create any TCP)/.test(error.message);
      if (!isTaken || attempt === 5) throw error;
    }
  }
}

async function startOn(spawning: SpawnOptions, password: string, port: number): Promise<{ pid: number; port: number }> {
  const { pid = 0 } = await spawnPostmaster(spawning, port);
  try {
    await probePostmaster({ port, password });
    return { pid, port };
  } catch (error) {
    await stopPostmaster(pid);
    if (!errorCode(error)?.startsWith("28")) throw error;
  }
  await resetPassword(spawning, password);
  const { pid: again = 0 } = await spawnPostmaster(spawning, port);
  await probePostmaster({ port, password });
  return { pid: again, port };
}

/**
 * Whether a cluster is there, of our version and of the right user. As root one that belongs to another user is handed to
 * the database's user.
 */
async function isCluster({
  paths,
  major,
  uid,
}: {
  paths: DataPaths;
  major: number;
  uid: number | null;
}): Promise<boolean> {
  const owner = (await stat(paths.postgres).catch(() => null))?.uid;
  if (owner === undefined) return false;
  const mine = uid ?? process.getuid?.() ?? owner;
  if (owner !== mine && uid === null) {
    throw new BootError(
      `The database in ${paths.postgres} belongs to uid ${owner}: run mcsd as that user (or as root), or run chown -R ${mine} ${paths.root} as root`,
    );
  }
  const version = (await readFile(join(paths.postgres, "PG_VERSION"), "utf8").catch(() => "")).trim();
  if (version === "" && (await readdir(paths.postgres)).length === 0) return false;
  if (version === "")
    throw new BootError(
      `${paths.postgres} holds no database (PG_VERSION is missing): move that folder away, or restore it from a backup`,
    );
  if (Number(version) !== major) {
    throw new BootError(
      `The database in ${paths.postgres} was written by PostgreSQL ${version}, but this mcsd brings PostgreSQL ${major}: start the mcsd ` +
        `that wrote it, or set DATABASE_URL to a PostgreSQL ${version} server that holds a copy of it`,
    );
  }
  if (owner !== mine && uid !== null && findPostmaster(paths.postgres) === null) await giveTo(paths.postgres, uid);
  return true;
}
