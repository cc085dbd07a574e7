import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterEach, beforeEach, expect, it } from "vitest";
import { recordAudit } from "@/domains/audit/server/record-audit";
import { users } from "@/domains/users/server/table";
import { systemActor } from "@/server/auth/actor";
import { createLogger } from "@/server/logger";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { projectRoot } from "@/test/import-graph";
import { migrateDatabase } from "../migrate";
import { createDumpKeeper, type DumpKeeper } from "./keep-dumps";
import { loadDump } from "./load-dump";
import { readDump } from "./read-dump";
import { replaceDatabase } from "./replace-database";
import { administrate, databaseAt } from "./scratch-database";

const log = createLogger({ level: "silent", pretty: false });
const migrationsFolder = join(projectRoot, "drizzle");
const awkward = "tab\t backslash \\ newline\n quote ' \\N \\. é 日本語 🌍 end\n\\.\n";
let folder: string;
let database: TestDatabase;
let keeper: DumpKeeper;
let now: Date;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "dump-"));
  database = await createTestDatabase();
  now = new Date("2026-05-01T02:47:00Z");
  const place = { migrationsFolder, temporary: join(folder, "temp") };
  keeper = createDumpKeeper({ url: database.url, folder: join(folder, "mcsd"), now: () => now, log, ...place });
  const people = Array.from({ length: 300 }, (_, count) => ({
    username: `user-${count}`,
    passwordHash: awkward.repeat(count % 7),
    role: "user" as const,
  }));
  await database.db.insert(users).values(people);
  for (let count = 0; count < 20; count++)
    await recordAudit(database.db, systemActor("test"), { action: "test.write", details: { count, text: awkward } });
});
afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const state = async (url: string) => {
  const connection = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const users = await connection`select * from users order by username`;
    const audit = await connection`select seq, hash from audit_chain order by seq`;
    const [next] = await connection`select nextval(pg_get_serial_sequence('audit_log', 'id')) as id`;
    return JSON.stringify([users, audit, next]);
  } finally {
    await connection.end();
  }
};
const others = { onHead: () => {}, onTable: () => {}, onTableEnd: () => {}, onSequences: () => {} };

it("is restored and compared before it counts, and can be loaded anywhere", { timeout: 60_000 }, async () => {
  const { path, isVerified } = await keeper.dump("daily");
  expect(isVerified).toBe(true);
  expect(await readdir(join(folder, "mcsd"))).toEqual(["20260501T024700Z-daily.dump.zst"]);
  const other = await createTestDatabase({ empty: true });
  try {
    await loadDump(other.url, path, { migrationsFolder, temporary: join(folder, "temp") });
    expect(await state(other.url)).toBe(await state(database.url));
    // Still chained, and still guarded.
    await recordAudit(other.db, systemActor("test"), { action: "test.after" });
    await expect(other.db.execute(sql`delete from audit_log`)).rejects.toThrow();
  } finally {
    await other.drop();
  }
});

it("keeps the hours of recorded figures, and none that are finer", { timeout: 60_000 }, async () => {
  await database.db.execute(
    sql`insert into host_metrics (step, at, cpu) select step, now(), 1 from unnest(array[15, 60, 3600]) step`,
  );
  const { path, isVerified } = await keeper.dump("daily");
  expect(isVerified).toBe(true);
  const other = await createTestDatabase({ empty: true });
  try {
    await loadDump(other.url, path, { migrationsFolder, temporary: join(folder, "temp") });
    expect([...(await other.db.execute(sql`select step from host_metrics`))]).toEqual([{ step: 3600 }]);
  } finally {
    await other.drop();
  }
});

it("shows one moment, whatever is written meanwhile", { timeout: 60_000 }, async () => {
  let isOver = false;
  const writing = (async () => {
    for (let count = 0; !isOver; count++)
      await database.db.transaction(async (tx) => {
        await recordAudit(tx, systemActor("test"), { action: "test.write", details: { count } });
      });
  })();
  const { path } = await keeper.dump("daily");
  isOver = true;
  await writing;
  const counts: Record<string, number> = {};
  let table = "";
  await readDump(path, {
    ...others,
    onTable: (found) => {
      table = found.table;
    },
    onRows: (rows) => {
      counts[table] = (counts[table] ?? 0) + rows.toString("latin1").split("\n").length - 1;
    },
  });
  expect(counts.audit_log).toBe(counts.audit_chain);
  expect(counts.users).toBe(300);
});

it("refuses a dump that was cut off or changed, and leaves the database as it is", { timeout: 60_000 }, async () => {
  const { path } = await keeper.dump("daily");
  const before = await state(database.url);
  const whole = await readFile(path);
  const place = { migrationsFolder, temporary: join(folder, "temp") };
  for (const spoil of [
    () => truncate(path, whole.length - 7),
    () =>
      writeFile(
        path,
        Buffer.concat([whole.subarray(0, 40), Buffer.from([whole[40] === 0 ? 1 : 0]), whole.subarray(41)]),
      ),
    () => writeFile(path, ""),
  ]) {
    await spoil();
    await expect(replaceDatabase(database.url, path, place)).rejects.toThrow();
    await writeFile(path, whole);
  }
  expect(JSON.parse(await state(database.url))[0]).toEqual(JSON.parse(before)[0]);
});

it("takes the place of a database, which is kept beside it", { timeout: 60_000 }, async () => {
  const { path } = await keeper.dump("daily");
  const name = `test_restore_${process.pid}`;
  const url = databaseAt(database.url, name);
  const place = { migrationsFolder, temporary: join(folder, "temp") };
  await administrate(database.url, `create database ${name} template template0`);
  try {
    await loadDump(url, path, place);
    const wanted = await state(url);
    const connection = postgres(url, { max: 1 });
    await connection`update users set username = 'changed-' || username`;
    await connection.end();
    expect(await replaceDatabase(url, path, place)).toBe(`${name}_before_restore`);
    expect(await state(url)).toBe(wanted);
    expect(await state(databaseAt(url, `${name}_before_restore`))).toContain("changed-user-1");
  } finally {
    await administrate(
      database.url,
      `drop database if exists ${name}`,
      `drop database if exists ${name}_before_restore`,
    );
  }
});

it("keeps dumps of thirty days, and the newest three of any age", { timeout: 60_000 }, async () => {
  const dumps = join(folder, "mcsd");
  await keeper.dump("daily");
  for (const day of ["20260101", "20260102", "20260331", "20260402"])
    await writeFile(join(dumps, `${day}T024700Z-daily.dump.zst`), "");
  await writeFile(join(dumps, "notes.txt"), "");
  await keeper.prune();
  expect((await readdir(dumps)).sort()).toEqual(
    ["20260402T024700Z-daily.dump.zst", "20260501T024700Z-daily.dump.zst", "notes.txt"].toSpliced(
      0,
      0,
      "20260331T024700Z-daily.dump.zst",
    ),
  );
  now = new Date("2027-05-01T00:00:00Z");
  await keeper.prune();
  expect(await readdir(dumps)).toHaveLength(4);
});

it("is made before a new version changes the schema, of what was there before", { timeout: 60_000 }, async () => {
  const old = await createTestDatabase({ empty: true });
  const loaded = await createTestDatabase({ empty: true });
  try {
    const before = join(folder, "older");
    await cp(migrationsFolder, before, { recursive: true });
    const journalFile = join(before, "meta", "_journal.json");
    const journal = JSON.parse(await readFile(journalFile, "utf8")) as { entries: unknown[] };
    await writeFile(journalFile, JSON.stringify({ ...journal, entries: journal.entries.slice(0, -1) }));
    const dumps = join(folder, "mcsd");
    const own = createDumpKeeper({
      ...{ url: old.url, folder: dumps, migrationsFolder, temporary: join(folder, "temp"), log },
      now: () => now,
    });
    const verdicts: boolean[] = [];
    const beforeChange = async () => void verdicts.push((await own.dump("before-migration")).isVerified);
    // The first schema of an empty database has nothing before it.
    await migrateDatabase(old.url, { migrationsFolder: before, log, beforeChange });
    await old.db.insert(users).values({ username: "older", passwordHash: "", role: "user" });
    expect(verdicts).toEqual([]);
    await migrateDatabase(old.url, { migrationsFolder, log, beforeChange });
    await migrateDatabase(old.url, { migrationsFolder, log, beforeChange });
    expect(verdicts).toEqual([true]);
    expect(await readdir(dumps)).toEqual(["20260501T024700Z-before-migration.dump.zst"]);
    const dump = join(dumps, "20260501T024700Z-before-migration.dump.zst");
    await loadDump(loaded.url, dump, { migrationsFolder, temporary: join(folder, "temp") });
    expect(await loaded.db.execute(sql`select username from users`)).toMatchObject([{ username: "older" }]);
    const [{ count } = { count: -1 }] = await loaded.db.execute(
      sql`select count(*)::int as count from drizzle.__drizzle_migrations`,
    );
    expect(count).toBe(journal.entries.length - 1);
  } finally {
    await old.drop();
    await loaded.drop();
  }
});
