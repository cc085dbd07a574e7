import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, fstatSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { BootError } from "@/server/boot-error";
import type { PostgresBinaries } from "./postgres-binaries";
import { postgresProcess, userOf } from "./postgres-process";
import { type PostgresSettings, postgresArguments } from "./postgres-settings";
import { readPostmasterFile } from "./postmaster-file";
import { lastComplaint, openPostmasterLog } from "./postmaster-log";

export interface SpawnOptions {
  readonly binaries: PostgresBinaries;
  readonly clusterFolder: string;
  readonly clusterName: string;
  readonly logFile: string;
  readonly uid: number | null;
  readonly settings?: PostgresSettings;
}

/** Recovery after a crash replays at most `max_wal_size` of log; this is far beyond that. */
const readyWithinMs = 120_000;

/**
 * Starts a postmaster in a session of its own, so that it outlives mcsd and the terminal, and resolves when it takes
 * connections. Rejects with a BootError that carries its last complaint.
 */
export async function spawnPostmaster(options: SpawnOptions, port: number): Promise<ChildProcess> {
  const log = openPostmasterLog(options.logFile);
  const logStart = fstatSync(log).size;
  const args = [
    "-D",
    options.clusterFolder,
    ...postgresArguments({ clusterName: options.clusterName, port, extra: options.settings }),
  ];
  const child = spawn(options.binaries.postgres, args, {
    ...postgresProcess(userOf(options.uid)),
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  child.unref();

  const failed = new Promise<Error>((resolve) => child.once("error", resolve));
  const deadline = Date.now() + readyWithinMs;
  for (;;) {
    const state = readPostmasterFile(options.clusterFolder);
    if (state?.pid === child.pid && state?.status === "ready") return child;
    const error = await Promise.race([failed, sleep(5)]);
    const hasEnded = child.exitCode !== null || child.signalCode !== null;
    if (!error && !hasEnded && Date.now() < deadline) continue;
    if (!hasEnded) child.kill("SIGQUIT");
    const reason =
      error?.message ?? lastComplaint(options.logFile, logStart) ?? `it did not get ready (see ${options.logFile})`;
    throw new BootError(`The embedded database in ${options.clusterFolder} did not start: ${reason}`, { cause: error });
  }
}
