import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isBootError } from "@/server/boot-error";
import { createLogger } from "@/server/logger";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { migrateDatabase } from "./migrate";

const log = createLogger({ level: "silent", pretty: false });
let folder: string;
let database: TestDatabase;

beforeEach(async () => {
  folder = mkdtempSync("/tmp/mcsd-migrate-");
  database = await createTestDatabase({ empty: true });
});
afterEach(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** A folder of migrations as drizzle-kit writes it, one per statement. */
function migrations(name: string, statements: string[]): string {
  const at = join(folder, name);
  mkdirSync(join(at, "meta"), { recursive: true });
  const entries = statements.map((_, idx) => ({
    idx,
    version: "7",
    when: 1_700_000_000_000 + idx,
    tag: `${idx}_step`,
    breakpoints: true,
  }));
  writeFileSync(join(at, "meta", "_journal.json"), JSON.stringify({ version: "7", dialect: "postgresql", entries }));
  for (const [idx, statement] of statements.entries()) writeFileSync(join(at, `${idx}_step.sql`), statement);
  return at;
}

const bringUp = (migrationsFolder: string, url = database.url) =>
  migrateDatabase(url, { migrationsFolder, log, waitMs: 300 });

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isBootError(error)) throw new Error(`Expected a BootError, got ${String(error)}`);
  expect(error.message).not.toContain("\n");
  return error.message;
}

async function rows(text: string): Promise<Record<string, unknown>[]> {
  const sql = postgres(database.url, { max: 1, fetch_types: false });
  try {
    return [...(await sql.unsafe(text))];
  } finally {
    await sql.end();
  }
}

const worlds = "create table worlds (id int primary key)";

describe("migrateDatabase", () => {
  it("migrates once, then only what is new", async () => {
    await bringUp(migrations("one", [worlds]));
    await bringUp(migrations("one", [worlds]));
    await bringUp(migrations("two", [worlds, "insert into worlds values (1)"]));
    expect(await rows("select id from worlds")).toEqual([{ id: 1 }]);
  });

  it("lets many processes start on a fresh database at once", async () => {
    const slow = migrations("slow", ["select pg_sleep(0.2)", worlds, "insert into worlds values (1)"]);
    await Promise.all(Array.from({ length: 6 }, () => bringUp(slow)));
    expect(await rows("select id from worlds")).toEqual([{ id: 1 }]);
  });

  it("refuses a database that a newer mcsd has migrated, and leaves it alone", async () => {
    await bringUp(migrations("newer", [worlds, "create table maps (id int)"]));
    expect(await refusal(bringUp(migrations("older", [worlds])))).toContain(
      "written by a newer mcsd (it has 1 migration that",
    );
    await rows("select id from maps");
  });

  it("undoes all of a run whose last step fails", async () => {
    const broken = migrations("broken", [worlds, "create table worlds (id int)"]);
    expect(await refusal(bringUp(broken))).toMatch(/is as it was before: .*already exists/);
    expect(await rows("select to_regclass('worlds') as found")).toEqual([{ found: null }]);
    await bringUp(migrations("mended", [worlds]));
  });

  it("names the address and the fix when there is no database, no such name or a wrong password", async () => {
    const at = (change: (url: URL) => void) => {
      const url = new URL(database.url);
      change(url);
      return refusal(bringUp(folder, url.href));
    };
    expect(await at((url) => (url.port = "1"))).toBe(
      "The database at 127.0.0.1:1 does not answer (ECONNREFUSED): start it, or correct DATABASE_URL",
    );
    expect(await at((url) => (url.hostname = "no-such-host.invalid"))).toContain("does not answer (ENOTFOUND)");
    expect(await at((url) => (url.pathname = "/nowhere"))).toContain("has no database named nowhere: create it");
    expect(await at((url) => (url.password = "wrong"))).toContain(
      "refuses the user mcsd: correct the user or the password",
    );
  });
});
