import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { stringify } from "yaml";
import type { Client } from "@/trpc/node-client";
import { bundleProgram } from "./bundle-program";
import { newVersion, offerNewVersion } from "./change-cases";
import { type Program, startProgram } from "./program";
import { addPerson } from "./program-people";
import { quickJvm } from "./program-servers";

const slowly = { timeout: 90_000 };
const folder = mkdtempSync(join(tmpdir(), "mcsd-apply-"));
let program: Program;
let admin: Client;
let token: string;
let script: string;

beforeAll(async () => {
  script = await bundleProgram('import "../scripts/apply";', join(folder, "apply.mjs"));
  program = await startProgram({ env: { UPGRADE_HEALTHY_SECONDS: "1" } });
  admin = await program.admin();
  await offerNewVersion(program, admin);
  ({ token } = await addPerson(program.db, { role: "admin" }));
}, 60_000);
afterAll(async () => {
  await program?.end();
  rmSync(folder, { recursive: true });
});

/** What the script prints, or its one line of error. */
function run(file: unknown, ...args: string[]): Promise<string[]> {
  const path = join(folder, "servers.yaml");
  writeFileSync(path, typeof file === "string" ? file : stringify(file));
  const env = { MCSD_URL: program.url, MCSD_TOKEN: token } as unknown as NodeJS.ProcessEnv;
  return new Promise((resolve) => {
    execFile(process.execPath, [script, path, ...args], { cwd: folder, env }, (_error, stdout, stderr) =>
      resolve(`${stdout}${stderr}`.trim().split("\n")),
    );
  });
}

const asItSays = ["Everything is as the file says."];
const plain = { type: "vanilla", memoryMb: 128, jvmArgs: quickJvm, acceptEula: true };

it("makes what the file says, once, and changes what is edited; nothing is deleted unasked", slowly, async () => {
  const lobby = {
    ...plain,
    name: "Lobby",
    version: program.version,
    tags: ["hub"],
    properties: { "max-players": "30", difficulty: "hard" },
    state: "running",
  };
  const arena = { ...plain, name: "Arena", version: program.version };
  const friends = { name: "Friends", type: "whitelist", players: ["Ada", "Grace"], servers: ["Lobby"] };
  const first = { servers: [lobby, arena], groups: [friends] };
  expect(await run(first, "plan")).toEqual([
    `+ server Lobby: vanilla ${program.version}, 128 MB`,
    "    is started",
    `+ server Arena: vanilla ${program.version}, 128 MB`,
    "groups: looked at once these servers are there",
    '3 to change; "apply" makes it so.',
  ]);
  expect(await admin.servers.list.query()).toEqual([]);
  expect(await run(first, "apply")).toContain("Done.");
  expect(await run(first, "plan")).toEqual(asItSays);
  expect(await run(first, "apply")).toEqual(asItSays);

  const second = {
    servers: [{ ...lobby, version: newVersion, memoryMb: 160, properties: { difficulty: "easy" } }],
    groups: [{ ...friends, players: ["Ada", "Linus"] }],
  };
  expect(await run(second, "plan")).toEqual([
    "~ server Lobby",
    "    memoryMb: 128 → 160",
    "    difficulty: hard → easy",
    `    version: vanilla ${program.version} → vanilla ${newVersion}`,
    "    is restarted for it",
    "~ group Friends (whitelist)",
    "    + Linus",
    "    - Grace",
    '2 to change; "apply" makes it so.',
  ]);
  expect(await run(second, "apply")).toContain("Done.");
  expect(await run(second, "plan")).toEqual(asItSays);
  const servers = await admin.servers.list.query();
  expect(servers.map(({ name, version, memoryMb, state }) => [name, version, memoryMb, state])).toEqual([
    ["Arena", program.version, 128, "stopped"],
    ["Lobby", newVersion, 160, "running"],
  ]);
  expect(servers[1]).toMatchObject({ tags: ["hub"], jvmArgs: quickJvm });

  expect(await run(second, "plan", "--prune")).toEqual(["- server Arena", '1 to change; "apply" makes it so.']);
  expect(await run(second, "apply", "--prune")).toContain("Done.");
  expect((await admin.servers.list.query()).map(({ name }) => name)).toEqual(["Lobby"]);
});

it("says what is wrong with a file, and changes nothing", slowly, async () => {
  const before = await admin.servers.list.query();
  expect((await run({ servers: [{ name: "X" }] }, "apply"))[0]).toContain("servers.0.");
  expect((await run("servers: [", "apply")).join(" ")).toContain("line 1");
  expect((await run({ servers: [] }, "destroy"))[0]).toContain("usage:");
  expect((await admin.servers.list.query()).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
});
