import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Client } from "@/trpc/node-client";
import { type Program, startProgram } from "./program";
import { findRemainders } from "./program-remainders";
import { findInside } from "./program-remains";
import { addServer, folderOf } from "./program-servers";
import { beginHanging, makeOthers, neverToBe, offerForge, runOnce, untilJob } from "./program-types";

let program: Program;
let admin: Client;

beforeAll(async () => {
  program = await startProgram();
  admin = await program.admin();
}, 120_000);
afterAll(() => program?.end());

describe("an installer", () => {
  it("that leaves a file of arguments makes a server that runs by it, with the user's own file before our flags", async () => {
    const server = await addServer(program, admin, await offerForge(program, { mode: "args" }));
    expect(server).toMatchObject({ type: "forge", requiredJava: expect.any(Number) });
    const names = await readdir(folderOf(program, server.id));
    expect(names.sort()).toEqual(["eula.txt", "libraries", "run.sh", "server.properties", "user_jvm_args.txt"]);
    const line = await runOnce(program, admin, server.id);
    // Files of arguments are read by the launcher itself: the process list shows their names.
    const files = `libraries/net/minecraftforge/forge/${server.version}-${server.build}/unix_args.txt`;
    expect(line.indexOf("@user_jvm_args.txt")).toBe(1);
    expect(line).toContain("-Xmx128M");
    expect(line.slice(-3)).toEqual([`@${files}`, "nogui", ""]);
    await rm(folderOf(program, server.id, files));
    await expect(admin.servers.start.mutate({ serverId: server.id, wait: true })).rejects.toMatchObject({
      data: { error: { code: "JAR_MISSING", details: { file: files } } },
    });
  }, 120_000);

  it("that leaves a jar makes a server of that jar, which notices when it is another", async () => {
    const server = await addServer(program, admin, await offerForge(program, { mode: "jar" }));
    const jar = `forge-${server.version}-${server.build}.jar`;
    await writeFile(folderOf(program, server.id, jar), "something else");
    const start = () => admin.servers.start.mutate({ serverId: server.id, wait: true });
    await expect(start()).rejects.toMatchObject({ data: { error: { code: "JAR_CORRUPT", details: { file: jar } } } });
    await rm(folderOf(program, server.id, jar));
    await expect(start()).rejects.toMatchObject({ data: { error: { code: "JAR_MISSING", details: { file: jar } } } });
  }, 120_000);

  it.each([
    ["fail", /connection refused/],
    ["nothing", /nothing that could be run/],
  ] as const)("that does %s leaves nothing but its last words", async (mode, words) => {
    const wanted = await offerForge(program, { mode });
    await expect(admin.servers.create.mutate(neverToBe({ ...wanted, wait: true }))).rejects.toMatchObject({
      data: { error: { code: "INSTALL_FAILED", message: expect.stringMatching(words) } },
    });
    const [job] = (await admin.jobs.list.query({ limit: 1 })).items;
    expect(job).toMatchObject({
      status: "failed",
      error: { code: "INSTALL_FAILED", details: { lines: expect.any(Array) } },
    });
    expect(await findRemainders(program)).toEqual([]);
  });

  it("shows what it says while it runs, and is gone at once when it is cancelled", async () => {
    const job = await beginHanging(program, admin);
    expect(job).toMatchObject({
      step: "install",
      isCancellable: true,
      output: ["JVM info", "Target", "Downloading libraries 1 of 40"].map((text) => expect.stringContaining(text)),
    });
    await admin.jobs.cancel.mutate({ jobId: job.id });
    const ended = await untilJob(admin, job.id, ({ status }) => status !== "running");
    expect(ended).toMatchObject({ status: "cancelled" });
    expect(ended.output).toBeUndefined();
    expect(await findInside(join(program.dataDir, "servers"))).toEqual([]);
    expect(await findRemainders(program)).toEqual([]);
  });
});

it("makes servers of the other types too: NeoForge by its installer, Fabric by its launcher, Purpur by MD5", async () => {
  const made = await makeOthers(program, admin);
  expect(made.map(({ build }) => build)).toEqual(["20.4.999", "0.19.3", "2222"]);
  await runOnce(program, admin, made[1]?.id ?? "");
  const { items } = await admin.versions.log.query({ type: "purpur", limit: 1 });
  expect(items).toMatchObject([{ type: "purpur", change: "added" }]);
  const types = ["vanilla", "paper", "purpur", "fabric", "forge", "neoforge", "custom"];
  expect((await admin.versions.types.query()).map(({ type }) => type)).toEqual(types);
}, 120_000);
