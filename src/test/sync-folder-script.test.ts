import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { projectRoot } from "./import-graph";
import { type Program, startProgram } from "./program";
import { addPerson } from "./program-people";
import { addServer, folderOf } from "./program-servers";
import { until } from "./program-until";

const slowly = { timeout: 60_000 };
let program: Program;
let token: string;
let serverId: string;
const local = mkdtempSync(join(tmpdir(), "mcsd-sync-"));

const script = join(local, "..", `sync-folder-${process.pid}.mjs`);

beforeAll(async () => {
  await build({
    absWorkingDir: projectRoot,
    entryPoints: ["scripts/sync-folder.ts"],
    outfile: script,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    alias: { "@": join(projectRoot, "src") },
    logLevel: "silent",
  });
  program = await startProgram();
  ({ token } = await addPerson(program.db, { role: "admin" }));
  serverId = (await addServer(program, await program.admin(), { name: "Mirror" })).id;
}, 60_000);
afterAll(async () => {
  rmSync(local, { recursive: true, force: true });
  rmSync(script, { force: true });
  await program?.end();
});

function begin(args: string[]) {
  return spawn(process.execPath, [script, "Mirror", local, "--to", "plugins/mine", ...args], {
    cwd: projectRoot,
    env: { ...process.env, MCSD_URL: program.url, MCSD_TOKEN: token },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

async function run(...args: string[]) {
  const child = begin(args);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { code, stderr, lines: stdout.trim().split("\n") };
}
const there = (...names: string[]) => folderOf(program, serverId, "plugins", "mine", ...names);

it("sends what is new or changed, deletes only when told, and does nothing twice", slowly, async () => {
  mkdirSync(join(local, "lang"));
  mkdirSync(join(local, ".git"));
  writeFileSync(join(local, "config.yml"), "a: 1\n");
  writeFileSync(join(local, "lang", "en.json"), "{}");
  writeFileSync(join(local, ".git", "HEAD"), "x");
  expect((await run("--dry-run")).lines.at(-1)).toBe("2 sent, 0 deleted, 0 as they were (dry run)");
  expect(existsSync(there())).toBe(false);
  expect(await run()).toMatchObject({
    code: 0,
    stderr: "",
    lines: ["sent config.yml", "sent lang/en.json", "2 sent, 0 deleted, 0 as they were"],
  });
  expect(readFileSync(there("lang", "en.json"), "utf8")).toBe("{}");
  expect((await run()).lines).toEqual(["0 sent, 0 deleted, 2 as they were"]);

  writeFileSync(join(local, "config.yml"), "a: 22\n");
  rmSync(join(local, "lang"), { recursive: true });
  expect((await run()).lines.at(-1)).toBe("1 sent, 0 deleted, 0 as they were");
  expect(existsSync(there("lang", "en.json"))).toBe(true);
  expect((await run("--delete")).lines).toEqual(["deleted lang/en.json", "0 sent, 1 deleted, 1 as they were"]);
  expect(readFileSync(there("config.yml"), "utf8")).toBe("a: 22\n");

  writeFileSync(join(local, "evil.exe"), "x");
  const refused = await run();
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("evil.exe: Files of this type")]);
  rmSync(join(local, "evil.exe"));
});

it("follows a folder that is being worked in", slowly, async () => {
  const child = begin(["--watch"]);
  try {
    let output = "";
    child.stdout.on("data", (piece: Buffer) => {
      output += piece;
    });
    await until(async () => output.includes("watching"), "it watches", 30_000);
    writeFileSync(join(local, "later.txt"), "later");
    await until(async () => existsSync(there("later.txt")), "the new file is there", 20_000);
    expect(readFileSync(there("later.txt"), "utf8")).toBe("later");
  } finally {
    child.kill();
    await once(child, "close");
  }
});
