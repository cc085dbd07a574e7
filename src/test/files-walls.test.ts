import { execFileSync } from "node:child_process";
import { chownSync, linkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeArchive } from "@/server/archive/write-archive";
import type { Client } from "@/trpc/node-client";
import { fileOperations } from "./files/file-operations";
import { hostilePaths } from "./files/hostile-paths";
import { jobOperations } from "./files/job-operations";
import { openWalls, type Walls } from "./files/open-walls";
import { runSwapRound } from "./files/swap-rounds";
import { codeOf, plantNeighbours, tryHostilePaths } from "./files/try-hostile-paths";
import { unpackedText } from "./files/unpacked-text";
import { canary } from "./files/watched-outside";
import type { Program } from "./program";
import { folderOf } from "./program-servers";

const isRoot = process.getuid?.() === 0;
let walls: Walls;
let program: Program;
let admin: Client;
let serverId: string;
let neighbours: string[];

beforeAll(async () => {
  walls = await openWalls();
  ({ program } = walls);
  ({ client: admin, serverId } = walls.caller);
  neighbours = plantNeighbours(walls);
}, 120_000);
afterAll(() => program?.end());

describe.each(Object.entries(fileOperations))("%s", { timeout: 180_000 }, (name, operation) => {
  it("has no effect outside the server's folder, whatever the path", async () => {
    // A job takes a hundred times as long as a call. The whole of both is in the long run.
    await tryHostilePaths(walls, { operation, neighbours, every: name in jobOperations ? 16 : 3 });
  });

  it("never follows a name that is exchanged for a link meanwhile", async () => {
    const outcome = await runSwapRound(walls, { operation, ms: 100 });
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
          const answer = await operation(walls.caller, path).catch((error: unknown) => error);
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

it("the corpus is as large as it says, and what is packed is looked through", async () => {
  expect(new Set(hostilePaths).size).toBeGreaterThanOrEqual(60);
  const [outside = ""] = neighbours;
  expect(dirname(outside)).toBe(dirname(program.dataDir));
  for (const format of ["zip", "tar.gz"] as const) {
    const { stream } = await writeArchive({ root: outside, paths: ["secret"], format });
    const packed = await buffer(stream);
    expect(unpackedText(packed)).toContain(canary);
    expect(unpackedText(packed.subarray(0, -20))).toContain(canary);
  }
});
