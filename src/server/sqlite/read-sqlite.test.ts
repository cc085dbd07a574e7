import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { afterAll, expect, it } from "vitest";
import { bundleSqliteReader } from "@/test/snapshots/bundle-worker";
import { sqliteFile } from "@/test/sqlite-file";
import { createReadSqlite } from "./read-sqlite";
import type { SqliteTask } from "./sqlite-talk";

const folder = mkdtempSync(join(tmpdir(), "mcsd-sqlite-"));
afterAll(() => rmSync(folder, { recursive: true }));

const usual = { servers: ["name", "port"] };

async function read(
  database: Uint8Array,
  { tables = usual, log }: { tables?: SqliteTask["tables"]; log?: Uint8Array } = {},
) {
  const path = join(folder, "database");
  writeFileSync(path, database);
  writeFileSync(`${path}-wal`, log ?? "");
  const files = [await open(path), await open(`${path}-wal`)] as const;
  try {
    const readSqlite = createReadSqlite(await bundleSqliteReader());
    return await readSqlite({ database: files[0], log: log ? files[1] : null, tables });
  } finally {
    for (const file of files) await file.close();
  }
}

const servers = "CREATE TABLE servers (name TEXT, port INTEGER, secret TEXT);";

it("reads the columns that are asked for, whatever stands in them", async () => {
  const file = await sqliteFile(
    `${servers} INSERT INTO servers VALUES ('生存', 25565, 'x'), (x'00ff', 'text', 'y'), (printf('%.900c', 'a'), 1e999, NULL);`,
  );
  expect(await read(file, { tables: { ...usual, nothing: ["id"], servers: ["name", "port", "new"] } })).toEqual({
    servers: [
      { name: "生存", port: 25_565 },
      { name: null, port: "text" },
      { name: "a".repeat(500), port: null },
    ],
  });
  // As left by a program that keeps a log beside it: with the mark of that, and here without the log.
  file[18] = 2;
  file[19] = 2;
  expect((await read(file))?.servers).toHaveLength(3);
});

it("counts what stands in the write-ahead log of a program that was killed", async () => {
  // Made by SQLite 3.40 with pages of 512 bytes: one row in the database, then a row more and a change in the log.
  const database = inflateSync(
    Buffer.from(
      "eNoLDvTJLElVSMsvyk0sUTBmYGJgYmJwUFBgYAAyIRgGGIGYBY1PCDAx6CUz8oIUM25jAKJRQBXgwcgmLi3NmFmSmJSTWpxaVJZaVAylmJyDXB1DXBVCHJ18XBWgggoaeYm5qQohrhEhOgoF+UUlCp5+Ia7urkGakLj5wQBEo2AEATZGZmHO/JwUAA5iInQ=",
      "base64",
    ),
  );
  const log = inflateSync(
    Buffer.from(
      "eNozr2drYtB9JMHAwMQABIzHK+6dDd9qnrt4ZfWtk7s5rjFAJJhg4kv9lxwx27t/Ai9IkPE9A+MPIDEKhjtgZ2IWZsxLLWdiY2QW5szPSUFPF1lCXL/35+x7ysv4A5gunjEwPhtNF8M4OQBTASMwFTDD0wVQkAMqCUsXZ9YYV+x85XflwZVND6JB5QUjMG0A0SgYQQBWXgAAS8M4kg==",
      "base64",
    ),
  );
  const was = { name: "old", port: 1 };
  expect(await read(database)).toEqual({ servers: [was] });
  expect((await read(database, { log }))?.servers).toEqual([
    { name: "old", port: 3 },
    { name: "new", port: 2 },
  ]);
  // Two frames of this round and one of an earlier; the second not whole: it has not happened.
  expect((await read(database, { log: log.subarray(0, 32 + 2 * 536 - 1) }))?.servers).toEqual([
    was,
    { name: "new", port: 2 },
  ]);
  const damaged = Buffer.from(log);
  damaged.writeUInt8(damaged.readUInt8(100) ^ 1, 100);
  expect((await read(database, { log: damaged }))?.servers).toEqual([was]);
  expect((await read(database, { log: Buffer.from("nonsense".repeat(100)) }))?.servers).toEqual([was]);
});

it("takes views, computed columns and virtual tables for nothing", async () => {
  const endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS name, i AS port FROM n";
  expect(await read(await sqliteFile(`CREATE VIEW servers AS ${endless};`))).toEqual({});
  expect(
    await read(
      await sqliteFile(
        "CREATE TABLE servers (name TEXT, port INTEGER AS (length(hex(zeroblob(40000)))));INSERT INTO servers VALUES ('a');",
      ),
    ),
  ).toEqual({ servers: [{ name: "a" }] });
  expect(await read(await sqliteFile("CREATE VIRTUAL TABLE servers USING fts3(name, port);"))).toEqual({});
  const many = `${servers} WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5000) INSERT INTO servers SELECT i, i, i FROM n;`;
  expect((await read(await sqliteFile(many)))?.servers).toHaveLength(1000);
});

it("refuses what is no database, is damaged, is too large, or says too much", async () => {
  expect(await read(Buffer.from("SQLite"))).toBeNull();
  expect(await read(Buffer.from(`SQLite format 3\0${"x".repeat(5000)}`))).toBeNull();
  const file = await sqliteFile(`${servers} INSERT INTO servers VALUES (hex(zeroblob(20000)), 1, 'x');`);
  // Pages that lead to themselves.
  const circular = Uint8Array.from(file);
  circular.fill(2, 4096, 4096 + 12);
  for (const broken of [file.subarray(0, 4096 + 100), circular])
    expect([null, { servers: [] }]).toContainEqual(await read(broken));
  expect(await read(new Uint8Array(65 * 1024 * 1024))).toBeNull();
  const long = `${servers} WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000) INSERT INTO servers SELECT printf('%.500c', 'é'), printf('%.900c', '"'), 1 FROM n;`;
  expect(await read(await sqliteFile(long))).toBeNull();
});
