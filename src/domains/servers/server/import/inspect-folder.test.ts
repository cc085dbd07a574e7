import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createReadSqlite } from "@/server/sqlite/read-sqlite";
import { craftyDatabase, foundFolders, jarOf, writeFiles } from "@/test/import-folders";
import { bundleSqliteReader } from "@/test/snapshots/bundle-worker";
import { sqliteFile } from "@/test/sqlite-file";
import { inspectFolder } from "./inspect-folder";

const top = mkdtempSync(join(tmpdir(), "mcsd-inspect-"));
const uuid = "5f0c2a76-3a5b-4d0b-9d5e-0c8f3d2f7a11";

let sqliteReader: string;
const look = (within: string, root?: string) =>
  inspectFolder({ top, within }, { root, readSqlite: createReadSqlite(sqliteReader) });

beforeAll(async () => {
  sqliteReader = await bundleSqliteReader();
  for (const [path, files] of Object.entries(foundFolders)) writeFiles(join(top, path), files);
});
afterAll(() => rmSync(top, { recursive: true }));

it.each([
  [
    "plain",
    {
      ...{ type: "vanilla", version: "1.20.4", javaMajor: 17, port: 25_570, world: "world", memoryMb: 3072 },
      ...{ panel: null, hasEula: true, program: "server.jar", notes: [], root: "" },
    },
    null,
  ],
  [
    "paper",
    { type: "paper", version: "1.20.4", build: "496", port: 25_571, world: "survival", memoryMb: null },
    { kind: "jar", file: "paper-1.20.4-496.jar" },
  ],
  [
    "forge",
    { type: "forge", version: "1.20.1", build: "47.2.0", javaMajor: 17, memoryMb: 6144, port: 25_572 },
    { kind: "args", files: ["libraries/net/minecraftforge/forge/1.20.1-47.2.0/unix_args.txt"] },
  ],
  [
    "neoforge",
    { type: "neoforge", version: "1.21.1", build: "21.1.77", javaMajor: 21, notes: ["no_properties", "no_world"] },
    { kind: "args", files: ["libraries/net/neoforged/neoforge/21.1.77/unix_args.txt"] },
  ],
  [
    "fabric",
    { type: "fabric", version: "1.21.1", build: "0.16.5" },
    { kind: "jar", file: "fabric-server-mc.1.21.1-loader.0.16.5-launcher.1.0.1.jar" },
  ],
  [
    "pterodactyl",
    {
      ...{ root: `volumes/${uuid}`, panel: "pterodactyl", name: "Skyblock", port: 25_601, memoryMb: 4096 },
      ...{ type: "paper", version: "1.20.4" },
      schedules: [
        { name: "Nightly", when: "30 3 * * 7", becomes: { kind: "cron", expression: "30 3 * * 0" }, keep: null },
        { name: "Restart", becomes: null, reason: "other_action" },
        { name: "Both days", becomes: null, reason: "not_exact" },
      ],
    },
    null,
  ],
  [
    "crafty",
    { root: `servers/${uuid}`, panel: "crafty", name: null, port: 25_574, type: "paper", notes: ["panel_apart"] },
    { kind: "jar", file: "paper.jar" },
  ],
  [
    "mcsmanager",
    {
      ...{ root: "daemon/data/InstanceData/abc123", panel: "mcsmanager", name: "生存サーバー", port: 25_602 },
      ...{ type: "vanilla", memoryMb: 5120, program: "vanilla.jar" },
      schedules: [
        { name: "hours", when: "21600", action: "backup", becomes: { kind: "interval", everyHours: 6 }, keep: 9 },
        { name: "odd", becomes: null, reason: "not_exact" },
        { name: "thrice", becomes: null, reason: "limited" },
        {
          ...{ name: "weekly", action: "stop, backup, start", reason: null },
          becomes: { kind: "cron", expression: "0 2 * * 1,5" },
        },
        { name: "nightly", when: "0 0 4 * * *", action: "restart", becomes: null, reason: "other_action" },
      ],
    },
    { kind: "jar", file: "vanilla.jar" },
  ],
])("knows %s by looking", async (path, wanted, program) => {
  const found = await look(path);
  expect(found.findings).toMatchObject(wanted);
  expect(found.program).toEqual(program);
});

describe("a folder of Crafty with its database", () => {
  const folder = join(top, "whole");
  const place = join(folder, "app/config/db/crafty.sqlite");
  beforeAll(() => writeFiles(folder, { "app/config/db/x": "", ...inFolder(`servers/${uuid}`) }));
  const inFolder = (path: string) =>
    Object.fromEntries(
      Object.entries(foundFolders[`crafty/servers/${uuid}`] ?? {}).map(([name, content]) => [
        `${path}/${name}`,
        content,
      ]),
    );
  const cron = (expression: string) => ({ becomes: { kind: "cron", expression }, keep: 12, reason: null });
  const none = (reason: string) => ({ becomes: null, keep: null, reason });

  it("has name, jar, memory, port and schedules from there", async () => {
    writeFileSync(place, await craftyDatabase());
    const { findings, program } = await look("whole");
    expect(program).toEqual({ kind: "jar", file: "paper.jar" });
    expect(findings).toMatchObject({ panel: "crafty", name: "夜のサーバー", memoryMb: 3000, port: 25_603, notes: [] });
    expect(findings.schedules.map(({ name, becomes, keep, reason }) => ({ name, becomes, keep, reason }))).toEqual([
      { name: "Daily", ...cron("5 4 * * *") },
      { name: "Six hours", ...cron("0 */6 * * *") },
      // It counts days from Monday, and cron from Sunday.
      { name: "Mondays", ...cron("15 2 * * 1,5") },
      // It wants both days to match, and cron one of them.
      { name: "Both days", ...none("not_exact") },
      { name: "Off", ...none("switched_off") },
      { name: "Once", ...none("limited") },
      { name: "After", ...none("follows") },
      { name: "Restart", ...none("other_action") },
    ]);
    expect((await look("whole/servers")).findings.name).toBe("夜のサーバー");
  });

  it("and an older one, that numbers its servers", async () => {
    writeFileSync(
      place,
      await sqliteFile(`
        CREATE TABLE servers (server_id INTEGER PRIMARY KEY, server_uuid TEXT, server_name TEXT, path TEXT, executable TEXT,
          execution_command TEXT, server_port INTEGER);
        INSERT INTO servers VALUES (7, '${uuid}', 'Old', 'C:\\crafty\\servers\\${uuid}', 'paper.jar', 'java -Xmx2G -jar paper.jar', 25604);
        CREATE TABLE schedules (schedule_id INTEGER PRIMARY KEY, server_id INTEGER, enabled INTEGER, action TEXT, interval INTEGER,
          interval_type TEXT, start_time TEXT, command TEXT, comment TEXT, one_time INTEGER, cron_string TEXT);
        INSERT INTO schedules VALUES (1, 7, 1, '', 3, 'days', '4:30', 'backup_server', 'None', 0, '');`),
    );
    expect((await look("whole")).findings).toMatchObject({
      ...{ name: "Old", port: 25_604, memoryMb: 2048 },
      schedules: [{ becomes: { kind: "cron", expression: "30 4 */3 * *" } }],
    });
  });

  it("goes nowhere that a hostile one says, and says so when it cannot be read", async () => {
    const hostile = [
      [
        "/etc/passwd",
        `CREATE TABLE servers (server_id, path, executable, server_name, server_port);
        INSERT INTO servers VALUES ('${uuid}', '/etc', '../../../../etc/passwd', x'00', 'port'), (1, '../..', 'x', 'No', 99999999);`,
      ],
      [
        "elsewhere",
        `CREATE TABLE servers (server_id, path, server_name); INSERT INTO servers VALUES ('x', '/etc/${uuid}/..', 'Elsewhere');`,
      ],
      [
        "endless",
        "CREATE VIEW servers AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i AS server_id FROM n;",
      ],
    ] as const;
    for (const [what, statements] of hostile) {
      writeFileSync(place, await sqliteFile(statements));
      const { findings, program } = await look("whole");
      expect(findings, what).toMatchObject({ panel: "crafty", name: null, port: 25_574, type: "paper" });
      expect(program, what).toEqual({ kind: "jar", file: "paper.jar" });
    }
    writeFileSync(place, "SQLite format 3\0 and nothing more");
    expect((await look("whole")).findings).toMatchObject({ name: null, port: 25_574, notes: ["panel_unreadable"] });
    rmSync(place);
    symlinkSync("/etc/passwd", place);
    expect((await look("whole")).findings).toMatchObject({ name: null, notes: ["panel_unreadable"] });
  });
  afterAll(() => rmSync(folder, { recursive: true }));
});

it("sees what a panel keeps beside a folder, when the folder alone is chosen", async () => {
  const { findings } = await look("mcsmanager/daemon/data/InstanceData/abc123");
  expect(findings).toMatchObject({ root: "", panel: "mcsmanager", name: "生存サーバー" });
});

it("names all servers of a tree, and looks at the one that is asked for", async () => {
  const { findings } = await look("");
  expect([findings.root, ...findings.others].sort()).toEqual(
    [
      ...["plain", "paper", "forge", "neoforge", "fabric", `pterodactyl/volumes/${uuid}`, `crafty/servers/${uuid}`],
      "mcsmanager/daemon/data/InstanceData/abc123",
    ].sort(),
  );
  expect(findings.notes).toContain("several");
  expect((await look("", "forge")).findings).toMatchObject({ root: "forge", type: "forge" });
});

it("goes by what it can read of a folder that says little, lies or leads elsewhere", async () => {
  const odd = join(top, "odd");
  const files = {
    "server.properties": "server-port=80\nlevel-name=../../etc\n",
    "server.jar": jarOf({ "version.json": '{"id":"<script>","java_version":"x"}' }),
    "logs/latest.log": "[10:00:00] [Server thread/INFO]: <Mallory> Starting minecraft server version 9\n",
    "settings.json": '{"settings":{"uuid":1,"build":[]}}',
  };
  writeFiles(odd, files);
  symlinkSync("/etc/passwd", join(odd, "eula.txt"));
  symlinkSync("/etc", join(odd, "libraries"));
  expect((await look("odd")).findings).toMatchObject({
    ...{ type: "custom", version: null, port: null, world: null, hasEula: false, panel: null },
    notes: ["no_version", "no_world"],
  });
  writeFileSync(join(odd, "server.jar"), "no zip at all");
  writeFileSync(
    join(odd, "logs/latest.log"),
    "[10:00:00] [Server thread/INFO]: Starting minecraft server version 1.12.2\n",
  );
  expect((await look("odd")).findings).toMatchObject({ version: "1.12.2", javaMajor: 8 });
  mkdirSync(join(top, "empty"));
  expect((await look("empty")).findings.notes).toContain("no_program");
});
