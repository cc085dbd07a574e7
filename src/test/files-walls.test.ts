import { execFileSync } from "node:child_process";
import { chownSync, linkSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Client } from "@/trpc/node-client";
import { fileOperations } from "./files/file-operations";
import { hostilePaths } from "./files/hostile-paths";
import { runSwapRound } from "./files/swap-rounds";
import { canary, describeTree, plantOutside } from "./files/watched-outside";
import { type Program, startProgram } from "./program";
import { addServer, folderOf } from "./program-servers";

const isRoot = process.getuid?.() === 0;
let program: Program;
let admin: Client;
let serverId: string;
let outside: string;
const sibling = () => join(program.dataDir, "servers", `${serverId}_x`);

beforeAll(async () => {
  // Thousands of calls from one address.
  program = await startProgram({ env: { RATE_LIMIT_USER_PER_MINUTE: "1000000", RATE_LIMIT_PER_MINUTE: "1000000" } });
  admin = await program.admin();
  serverId = (await addServer(program, admin)).id;
  outside = join(program.dataDir, "..", `outside-of-${serverId}`);
  plantOutside(outside);
  plantOutside(sibling());
  writeFileSync(join(program.dataDir, "servers", "secret"), canary);
  writeFileSync(folderOf(program, serverId, "kept.txt"), "kept");
  mkdirSync(folderOf(program, serverId, "plugins"), { recursive: true });
  symlinkSync(outside, folderOf(program, serverId, "out"));
  symlinkSync(join(outside, "secret"), folderOf(program, serverId, "out.txt"));
}, 120_000);
afterAll(() => program?.end());

const concrete = (path: string) =>
  path
    .replaceAll("{link}", "out")
    .replaceAll("{filelink}", "out.txt")
    .replaceAll("{sibling}", `${serverId}_x`)
    .replaceAll("{id}", serverId);

describe.each(Object.entries(fileOperations))("%s", { timeout: 180_000 }, (name, operation) => {
  it("has no effect outside the server's folder, whatever the path", async () => {
    const places = () => [outside, sibling(), join(program.dataDir, "servers", "secret")].map(describeTree).join("\n");
    const before = places();
    for (const path of hostilePaths.map(concrete)) {
      const startedAt = performance.now();
      const answer = await operation(admin, serverId, path).catch((error: unknown) => error);
      expect(performance.now() - startedAt, path).toBeLessThan(2000);
      const code = codeOf(answer);
      expect(code, `${name} ${JSON.stringify(path)}`).not.toBe("INTERNAL");
      expect(`${JSON.stringify(answer)}${String(answer)}`).not.toContain(canary);
    }
    expect(places()).toBe(before);
  });

  it("never follows a name that is exchanged for a link meanwhile", async () => {
    const outcome = await runSwapRound({ program, client: admin, serverId }, { operation, ms: 300 });
    expect(outcome.swaps).toBeGreaterThan(50);
  });
});

describe("what is no ordinary file", { timeout: 60_000 }, () => {
  it("is never opened: FIFO, device, socket, foreign hard link", async () => {
    const at = (name: string) => folderOf(program, serverId, name);
    execFileSync("mkfifo", [at("fifo.txt")]);
    const socket = createServer().listen(at("socket.txt"));
    await new Promise((resolve) => socket.once("listening", resolve));
    const planted = ["fifo.txt", "socket.txt"];
    if (isRoot) {
      execFileSync("mknod", [at("zero.txt"), "c", "1", "5"]);
      const foreign = join(program.dataDir, "foreign");
      writeFileSync(foreign, canary);
      chownSync(foreign, 4321, 4321);
      linkSync(foreign, at("hard.txt"));
      planted.push("zero.txt", "hard.txt");
    }
    try {
      for (const path of planted) {
        for (const [name, operation] of Object.entries(fileOperations)) {
          if (name === "delete" || name.startsWith("move")) continue;
          const startedAt = performance.now();
          const answer = await operation(admin, serverId, path).catch((error: unknown) => error);
          expect(performance.now() - startedAt, `${name} ${path}`).toBeLessThan(2000);
          expect(codeOf(answer), `${name} ${path}`).not.toBe("INTERNAL");
          expect(`${JSON.stringify(answer)}${String(answer)}`).not.toContain(canary);
        }
        expect(await admin.files.delete.mutate({ serverId, path })).toMatchObject({ path });
      }
    } finally {
      socket.close();
    }
  });

  it("a line of a gigabyte is shown in parts", async () => {
    const path = "long.log";
    writeFileSync(folderOf(program, serverId, path), "x".repeat(1000));
    truncateSync(folderOf(program, serverId, path), 1024 ** 3);
    const part = await admin.files.read.query({ serverId, path, start: 0, length: 500 });
    expect(part).toMatchObject({ content: "x".repeat(500), size: 1024 ** 3 });
    await expect(admin.files.read.query({ serverId, path })).rejects.toMatchObject({
      data: { error: { code: "FILE_TOO_LARGE" } },
    });
    const found = await admin.files.search.query({ serverId, text: "xxx", where: "contents" });
    expect(found.matches.map(({ entry }) => entry.path)).not.toContain(path);
    await admin.files.delete.mutate({ serverId, path });
  });
});

it("the corpus is as large as it says", () => {
  expect(new Set(hostilePaths).size).toBeGreaterThanOrEqual(60);
  expect(dirname(outside)).toBe(dirname(program.dataDir));
});

function codeOf(answer: unknown): unknown {
  if (!(answer instanceof Error)) return "ok";
  return (answer as { data?: { error?: { code?: string } } }).data?.error?.code ?? answer.message;
}
