import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { isBootError } from "@/server/boot-error";
import { createLogger } from "@/server/logger";
import { bundleProgram } from "@/test/bundle-program";
import { findPostmaster } from "./postmaster-file";
import { isProcessAlive } from "./process-state";
import { type EmbeddedDatabase, startEmbedded } from "./start-embedded";

const log = createLogger({ level: "silent", pretty: false });
const isRoot = process.getuid?.() === 0;
const running: EmbeddedDatabase[] = [];
const children: ChildProcess[] = [];
let base: string;
let count = 0;

/** One cluster is made for all tests; each works on a copy of its own. */
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

async function dataDirCopy(): Promise<string> {
  const dataDir = join(base, `copy-${++count}`);
  cpSync(join(base, "first"), dataDir, { recursive: true, preserveTimestamps: true });
  return dataDir;
}

async function start(dataDir: string, options: { settings?: Record<string, string> } = {}): Promise<EmbeddedDatabase> {
  const database = await startEmbedded({ dataDir, log, ...options });
  running.push(database);
  return database;
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    return [...(await sql.unsafe(text))];
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** A stand-in for mcsd that starts the database and is then killed. Resolves with the postmaster's pid. */
async function leaveBehind(dataDir: string): Promise<number> {
  const program = await bundleProgram(
    `import { createLogger } from "@/server/logger";
     import { startEmbedded } from "@/server/db/embedded/start-embedded";
     await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, log: createLogger({ level: "silent", pretty: false }) });
     console.log("started");
     setInterval(() => {}, 1000);`,
    join(import.meta.dirname, "../../../../.build/test", `leave-behind-${process.pid}-${++count}.mjs`),
  );
  const child = spawn(process.execPath, [program], { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "exit");
  rmSync(program);
  const left = findPostmaster(join(dataDir, "postgres"));
  if (left === null) throw new Error("The postmaster did not outlive its mcsd");
  return left.pid;
}

async function refusal(dataDir: string): Promise<string> {
  const error = await start(dataDir).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isBootError(error)) throw new Error(`Expected a BootError, got ${String(error)}`);
  expect(error.message).not.toContain("\n");
  return error.message;
}

describe("startEmbedded", () => {
  it("keeps its data over a stop, listens on loopback TCP alone, and its files are private", async () => {
    const dataDir = await dataDirCopy();
    const database = await start(dataDir);
    expect(database.adopted).toBe(false);
    await query(database.url, "insert into notes values ('kept')");
    const [facts] = await query(
      database.url,
      `select current_setting('listen_addresses') listen, current_setting('unix_socket_directories') socket, current_setting('fsync') fsync,
        current_setting('full_page_writes') pages, current_setting('synchronous_commit') commit, current_setting('TimeZone') zone,
        current_setting('server_encoding') encoding, pg_encoding_to_char(encoding) as db_encoding, datlocale from pg_database where datname = 'mcsd'`,
    );
    expect(facts).toMatchObject({
      listen: "127.0.0.1",
      socket: "",
      fsync: "on",
      pages: "on",
      commit: "on",
      zone: "UTC",
      db_encoding: "UTF8",
    });
    expect(statSync(join(dataDir, "postgres")).mode & 0o777).toBe(0o700);
    expect(statSync(join(dataDir, "postgres")).uid).toBe(isRoot ? 199_999 : process.getuid?.());
    expect(statSync(join(dataDir, "postgres-password")).mode & 0o777).toBe(0o600);
    await database.stop();
    expect(findPostmaster(join(dataDir, "postgres"))).toBeNull();
    expect(await query((await start(dataDir)).url, "select text from notes")).toEqual([{ text: "kept" }]);
  });

  it("refuses a wrong password", async () => {
    const { url } = await start(await dataDirCopy());
    await expect(query(url.replace(/:[^:@]+@/, ":wrong@"), "select 1")).rejects.toMatchObject({ code: "28P01" });
  });

  it("adopts the postmaster of a killed mcsd, with its connections untouched", async () => {
    const dataDir = await dataDirCopy();
    const pid = await leaveBehind(dataDir);
    const before = performance.now();
    const database = await start(dataDir);
    expect(performance.now() - before).toBeLessThan(1_000);
    expect(database.adopted).toBe(true);
    expect(findPostmaster(join(dataDir, "postgres"))?.pid).toBe(pid);
    await database.stop();
    expect(isProcessAlive(pid)).toBe(false);
  });

  it("replaces a left-behind postmaster that runs with other settings", async () => {
    const dataDir = await dataDirCopy();
    const pid = await leaveBehind(dataDir);
    const database = await start(dataDir, { settings: { max_connections: "12" } });
    expect(database.adopted).toBe(false);
    expect(isProcessAlive(pid)).toBe(false);
    expect(await query(database.url, "show max_connections")).toEqual([{ max_connections: "12" }]);
  });

  it("waits for a dying postmaster", async () => {
    const dataDir = await dataDirCopy();
    const first = await start(dataDir);
    const client = postgres(first.url, { max: 1, fetch_types: false });
    await client`select 1`;
    const pid = await leaveRunningAndStopWatching(first, dataDir);
    process.kill(pid, "SIGTERM"); // Smart shutdown: it refuses new clients and waits for this one.
    await waitFor(() => findPostmaster(join(dataDir, "postgres"))?.status === "stopping");
    setTimeout(() => void client.end({ timeout: 0 }), 400);
    const second = await start(dataDir);
    expect(second.adopted).toBe(false);
    expect(isProcessAlive(pid)).toBe(false);
    expect(await query(second.url, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("starts over the pid file of a dead postmaster, even when its pid belongs to another program now", async () => {
    const dataDir = await dataDirCopy();
    const stranger = spawn("sleep", ["60"], isRoot ? { uid: 199_999, gid: 199_999 } : {});
    children.push(stranger);
    for (const pid of [4_194_303, stranger.pid, process.pid]) {
      writeFileSync(
        join(dataDir, "postgres", "postmaster.pid"),
        `${pid}\n${join(dataDir, "postgres")}\n1\n29999\n\n127.0.0.1\n 1 1\nready   \n`,
      );
      const database = await start(dataDir);
      expect(database.adopted).toBe(false);
      await database.stop();
    }
    expect(isProcessAlive(stranger.pid ?? 0)).toBe(true);
  });

  it("comes back by itself on the same port when the postmaster is killed, with what was committed", async () => {
    const dataDir = await dataDirCopy();
    const database = await start(dataDir);
    await query(database.url, "insert into notes values ('committed')");
    const pid = findPostmaster(join(dataDir, "postgres"))?.pid ?? 0;
    process.kill(pid, "SIGKILL");
    await waitFor(async () => (await query(database.url, "select text from notes").catch(() => [])).length === 1);
    expect(findPostmaster(join(dataDir, "postgres"))?.pid).not.toBe(pid);
  });

  it("gets past backends that outlive a killed postmaster", async () => {
    const dataDir = await dataDirCopy();
    const database = await start(dataDir);
    const busy = query(database.url, "select count(*) from generate_series(1, 10000000000)").catch(
      (error: { code: string }) => error.code,
    );
    await waitFor(
      async () =>
        (
          await query(
            database.url,
            "select 1 from pg_stat_activity where query like '%generate_series(1, 1%' and pid <> pg_backend_pid()",
          )
        ).length > 0,
    );
    process.kill(findPostmaster(join(dataDir, "postgres"))?.pid ?? 0, "SIGKILL");
    await waitFor(async () => (await query(database.url, "select 1").catch(() => [])).length === 1);
    expect(await busy).toEqual(expect.any(String));
  });

  it("ignores what a killed initdb left, and clears it away", async () => {
    const dataDir = join(base, `fresh-${++count}`);
    mkdirSync(join(dataDir, "postgres.init-1", "cluster"), { recursive: true });
    writeFileSync(join(dataDir, "postgres.init-1", "cluster", "PG_VERSION"), "18\n");
    await start(dataDir);
    expect(readdirSync(dataDir).sort()).toEqual(["postgres", "postgres-password", "postgres.log"]);
  });

  it("opens a data folder whose password file was lost", async () => {
    const dataDir = await dataDirCopy();
    rmSync(join(dataDir, "postgres-password"));
    const { url } = await start(dataDir);
    expect(await query(url, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("names both versions when the data is of another PostgreSQL, and never touches it", async () => {
    const dataDir = await dataDirCopy();
    writeFileSync(join(dataDir, "postgres", "PG_VERSION"), "17\n");
    expect(await refusal(dataDir)).toMatch(
      /was written by PostgreSQL 17, but this mcsd brings PostgreSQL \d+: start the mcsd/,
    );
    rmSync(join(dataDir, "postgres", "PG_VERSION"));
    expect(await refusal(dataDir)).toContain("holds no database");
    expect(existsSync(join(dataDir, "postgres", "base"))).toBe(true);
  });

  it("says in one line why PostgreSQL would not start", async () => {
    const dataDir = await dataDirCopy();
    writeFileSync(join(dataDir, "postgres", "postgresql.conf"), "no_such_setting = 1\n");
    expect(await refusal(dataDir)).toMatch(/did not start: configuration file .* contains errors/);
    expect(readFileSync(join(dataDir, "postgres.log"), "utf8")).toContain("no_such_setting");
  });
});

/** Ends the watch over a postmaster but not the postmaster: `stop` finds another pid in the file and leaves it. */
async function leaveRunningAndStopWatching(database: EmbeddedDatabase, dataDir: string): Promise<number> {
  const file = join(dataDir, "postgres", "postmaster.pid");
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  running.splice(running.indexOf(database), 1);
  renameSync(file, `${file}.away`);
  await database.stop();
  renameSync(`${file}.away`, file);
  return pid;
}

async function waitFor(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error("Not within 10 s");
    await sleep(20);
  }
}
