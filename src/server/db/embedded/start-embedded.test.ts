import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isBootError } from "@/server/boot-error";
import { embeddedHarness, query } from "@/test/embedded-harness";
import { findPostmaster } from "./postmaster-file";

const isRoot = process.getuid?.() === 0;
const clusters = embeddedHarness();

async function refusal(dataDir: string): Promise<string> {
  const error = await clusters.start(dataDir).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isBootError(error)) throw new Error(`Expected a BootError, got ${String(error)}`);
  expect(error.message).not.toContain("\n");
  return error.message;
}

describe("startEmbedded", () => {
  it("keeps its data over a stop, listens on loopback TCP alone, and its files are private", async () => {
    const dataDir = clusters.copyDataDir();
    const database = await clusters.start(dataDir);
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
    expect(await query((await clusters.start(dataDir)).url, "select text from notes")).toEqual([{ text: "kept" }]);
  });

  it("refuses a wrong password", async () => {
    const { url } = await clusters.start(clusters.copyDataDir());
    await expect(query(url.replace(/:[^:@]+@/, ":wrong@"), "select 1")).rejects.toMatchObject({ code: "28P01" });
  });

  it("ignores what a killed initdb left, and clears it away", async () => {
    const dataDir = clusters.newDataDir();
    mkdirSync(join(dataDir, "postgres.init-1", "cluster"), { recursive: true });
    writeFileSync(join(dataDir, "postgres.init-1", "cluster", "PG_VERSION"), "18\n");
    await clusters.start(dataDir);
    expect(readdirSync(dataDir).sort()).toEqual(["postgres", "postgres-password", "postgres.log"]);
  });

  it("opens a data folder whose password file was lost", async () => {
    const dataDir = clusters.copyDataDir();
    rmSync(join(dataDir, "postgres-password"));
    const { url } = await clusters.start(dataDir);
    expect(await query(url, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("names both versions when the data is of another PostgreSQL, and never touches it", async () => {
    const dataDir = clusters.copyDataDir();
    writeFileSync(join(dataDir, "postgres", "PG_VERSION"), "17\n");
    expect(await refusal(dataDir)).toMatch(
      /was written by PostgreSQL 17, but this mcsd brings PostgreSQL \d+: start the mcsd/,
    );
    rmSync(join(dataDir, "postgres", "PG_VERSION"));
    expect(await refusal(dataDir)).toContain("holds no database");
    expect(existsSync(join(dataDir, "postgres", "base"))).toBe(true);
  });

  it("says in one line why PostgreSQL would not start", async () => {
    const dataDir = clusters.copyDataDir();
    writeFileSync(join(dataDir, "postgres", "postgresql.conf"), "no_such_setting = 1\n");
    expect(await refusal(dataDir)).toMatch(/did not start: configuration file .* contains errors/);
    expect(readFileSync(join(dataDir, "postgres.log"), "utf8")).toContain("no_such_setting");
  });
});
