import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Job } from "@/domains/jobs/contract";
import type { Client } from "@/trpc/node-client";
import { buildInstaller, type InstallerOptions } from "./installer/build-installer";
import { type Program, startProgram } from "./program";
import { findRemainders } from "./program-remainders";
import { findInside } from "./program-remains";
import { addServer, findJvms, folderOf, untilState } from "./program-servers";
import { until } from "./program-until";

let program: Program;
let admin: Client;

beforeAll(async () => {
  program = await startProgram();
  admin = await program.admin();
}, 60_000);
afterAll(() => program?.end());

let builds = 0;
/** A build of Forge whose installer behaves so; the version is one that this machine has the Java for. */
async function offerForge(
  options: Omit<InstallerOptions, "name">,
): Promise<{ type: "forge"; version: string; build: string }> {
  const build = `49.0.${++builds}`;
  const installer = await buildInstaller({ ...options, name: `${program.version}-${build}` });
  program.upstreams.forge.add({ version: program.version, build, installer });
  await admin.versions.refresh.mutate({ type: "forge" });
  return { type: "forge", version: program.version, build };
}

async function commandLine(serverId: string): Promise<string[]> {
  const [pid] = await findJvms(program, serverId);
  return (await readFile(`/proc/${pid}/cmdline`, "utf8")).split("\0");
}

async function runOnce(serverId: string): Promise<string[]> {
  await admin.servers.start.mutate({ serverId, wait: true });
  const line = await commandLine(serverId);
  const { lines } = await admin.console.logs.query({ serverId });
  expect(lines.some(({ text }) => text.includes("Done ("))).toBe(true);
  await admin.servers.stop.mutate({ serverId, wait: true });
  await untilState(admin, serverId, "stopped");
  return line;
}

const creation = (wanted: object) =>
  ({ name: "Never to be", memoryMb: 128, acceptEula: true, ...wanted }) as Parameters<
    Client["servers"]["create"]["mutate"]
  >[0];

describe("an installer", () => {
  it("that leaves a file of arguments makes a server that runs by it, with the user's own file before our flags", async () => {
    const server = await addServer(program, admin, await offerForge({ mode: "args" }));
    expect(server).toMatchObject({ type: "forge", requiredJava: expect.any(Number) });
    const names = await readdir(folderOf(program, server.id));
    expect(names.sort()).toEqual(["eula.txt", "libraries", "run.sh", "server.properties", "user_jvm_args.txt"]);
    const line = await runOnce(server.id);
    // Files of arguments are read by the launcher itself: the process list shows their names.
    const files = `libraries/net/minecraftforge/forge/${server.version}-${server.build}/unix_args.txt`;
    expect(line.indexOf("@user_jvm_args.txt")).toBe(1);
    expect(line).toContain("-Xmx128M");
    expect(line.slice(-3)).toEqual([`@${files}`, "nogui", ""]);
    await rm(folderOf(program, server.id, files));
    await expect(admin.servers.start.mutate({ serverId: server.id, wait: true })).rejects.toMatchObject({
      data: { error: { code: "JAR_MISSING", details: { file: files } } },
    });
  }, 60_000);

  it("that leaves a jar makes a server that runs that jar, and notices when it is another", async () => {
    const server = await addServer(program, admin, await offerForge({ mode: "jar" }));
    const jar = `forge-${server.version}-${server.build}.jar`;
    expect(await runOnce(server.id)).toContain(jar);
    await writeFile(folderOf(program, server.id, jar), "something else");
    const start = () => admin.servers.start.mutate({ serverId: server.id, wait: true });
    await expect(start()).rejects.toMatchObject({ data: { error: { code: "JAR_CORRUPT", details: { file: jar } } } });
    await rm(folderOf(program, server.id, jar));
    await expect(start()).rejects.toMatchObject({ data: { error: { code: "JAR_MISSING", details: { file: jar } } } });
  }, 60_000);

  it.each([
    ["fail", /connection refused/],
    ["nothing", /nothing that could be run/],
  ] as const)("that does %s leaves nothing but its last words", async (mode, words) => {
    const wanted = await offerForge({ mode });
    await expect(admin.servers.create.mutate(creation({ ...wanted, wait: true }))).rejects.toMatchObject({
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
    const job = await beginHanging();
    expect(job).toMatchObject({
      step: "install",
      isCancellable: true,
      output: ["JVM info", "Target", "Downloading libraries 1 of 40"].map((text) => expect.stringContaining(text)),
    });
    await admin.jobs.cancel.mutate({ jobId: job.id });
    const ended = await untilJob(job.id, ({ status }) => status !== "running");
    expect(ended).toMatchObject({ status: "cancelled" });
    expect(ended.output).toBeUndefined();
    expect(await findInside(join(program.dataDir, "servers"))).toEqual([]);
    expect(await findRemainders(program)).toEqual([]);
  });

  it("ends with mcsd when that is killed, and the next start clears up", async () => {
    const job = await beginHanging();
    await program.kill9();
    await until(async () => (await findInside(join(program.dataDir, "servers"))).length === 0, "the installer ends");
    await program.start();
    admin = await program.admin();
    expect(await admin.jobs.get.query({ jobId: job.id })).toMatchObject({ status: "interrupted" });
    expect(await findRemainders(program)).toEqual([]);
  });
});

async function beginHanging(): Promise<Job> {
  const begun = await admin.servers.create.mutate(creation(await offerForge({ mode: "hang" })));
  return untilJob("jobId" in begun ? begun.jobId : "", ({ output }) => output?.at(-1)?.includes("1 of 40") ?? false);
}

function untilJob(jobId: string, isThere: (job: Job) => boolean): Promise<Job> {
  return until(async () => {
    const job = await admin.jobs.get.query({ jobId });
    return isThere(job) ? job : null;
  }, "the job gets there");
}

it("makes servers of the other types too: NeoForge by its installer, Fabric by its launcher, Purpur by MD5", async () => {
  const version = program.version;
  const installer = await buildInstaller({ mode: "args", name: "20.4.999", place: "net/neoforged/neoforge" });
  program.upstreams.neoforge.add("20.4.999", installer);
  program.upstreams.fabric.addGame(version);
  program.upstreams.purpur.addBuild(version, "2222");
  for (const type of ["neoforge", "fabric", "purpur"] as const) await admin.versions.refresh.mutate({ type });
  const made = await Promise.all(
    (["neoforge", "fabric", "purpur"] as const).map((type) => addServer(program, admin, { type, version })),
  );
  expect(made.map(({ build }) => build)).toEqual(["20.4.999", "0.19.3", "2222"]);
  for (const { id } of made) await runOnce(id);
  const { items } = await admin.versions.log.query({ type: "purpur", limit: 1 });
  expect(items).toMatchObject([{ type: "purpur", change: "added" }]);
  expect((await admin.versions.types.query()).map(({ type }) => type)).toEqual([
    "vanilla",
    "paper",
    "purpur",
    "fabric",
    "forge",
    "neoforge",
    "custom",
  ]);
}, 60_000);
