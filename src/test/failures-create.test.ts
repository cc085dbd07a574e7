import { readFile } from "node:fs/promises";
import { request } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Job } from "@/domains/jobs/contract";
import type { Client } from "@/trpc/node-client";
import { type Program, startProgram } from "./program";
import { readAnswer } from "./program-calls";
import { addPerson } from "./program-people";
import { findRemainders } from "./program-remainders";
import { addServer, folderOf } from "./program-servers";
import { until } from "./program-until";
import { buildStandIn } from "./stand-in/build-stand-in";

let program: Program;
let admin: Client;
let token: string;
let count = 0;

beforeAll(async () => {
  program = await startProgram({ env: { MAX_UPLOAD_SIZE_MB: "1" } });
  admin = await program.admin();
  ({ token } = await addPerson(program.db, { role: "admin" }));
});
afterAll(() => program?.end());
afterEach(() => program.upstreams.fail("mojang", null));

/** A version that no server was made of: its jar must come from the upstream. */
async function newVersion(): Promise<string> {
  const id = `1.20.4-rc${++count}`;
  const java = (await admin.versions.list.query({ type: "vanilla" })).find(
    ({ version }) => version === program.version,
  );
  program.upstreams.addVersion({ id, javaMajor: java?.javaMajor, type: "snapshot" });
  await admin.versions.refresh.mutate({ type: "vanilla" });
  return id;
}

const creation = (version: string, more: object = {}) =>
  ({ name: "Never to be", type: "vanilla", version, memoryMb: 128, acceptEula: true, ...more }) as const;

async function begin(version: string): Promise<string> {
  const begun = await admin.servers.create.mutate(creation(version));
  return "jobId" in begun ? begun.jobId : "";
}

const untilJob = (jobId: string, isThere: (job: Job) => boolean, what: string) =>
  until(async () => {
    const job = await admin.jobs.get.query({ jobId });
    return isThere(job) ? job : null;
  }, what);

async function expectNothingLeft(): Promise<void> {
  expect(await findRemainders(program)).toEqual([]);
  expect((await admin.servers.list.query()).filter(({ name }) => name === "Never to be")).toEqual([]);
}

describe("a download", () => {
  it("that is cancelled in the middle leaves nothing", async () => {
    const version = await newVersion();
    program.upstreams.fail("mojang", "slow", "jar");
    const jobId = await begin(version);
    const seen: Job[] = [];
    const watching = admin.jobs.progress.subscribe({ jobId }, { onData: (job) => seen.push(job) });
    const half = await untilJob(jobId, ({ step, done }) => step === "download" && (done ?? 0) > 0, "bytes arrive");
    expect(half).toMatchObject({ status: "running", isCancellable: true, unit: "bytes", total: expect.any(Number) });
    await admin.jobs.cancel.mutate({ jobId });
    const ended = await untilJob(jobId, ({ status }) => status !== "running", "the job ends");
    expect(ended).toMatchObject({ status: "cancelled", isCancellable: false, error: { code: "JOB_CANCELLED" } });
    await until(async () => seen.at(-1)?.status === "cancelled", "the subscription hears of it");
    watching.unsubscribe();
    await expectNothingLeft();
    const again = { data: { error: { code: "JOB_NOT_CANCELLABLE" } } };
    await expect(admin.jobs.cancel.mutate({ jobId })).rejects.toMatchObject(again);
  });

  it("that two wait for goes on when one of them is cancelled", async () => {
    const version = await newVersion();
    program.upstreams.fail("mojang", "slow", "jar");
    const [first, second] = [await begin(version), await begin(version)];
    for (const jobId of [first, second]) await untilJob(jobId, ({ done }) => (done ?? 0) > 0, "bytes arrive");
    await admin.jobs.cancel.mutate({ jobId: first });
    program.upstreams.fail("mojang", null);
    const ended = await untilJob(first, ({ status }) => status !== "running", "the first ends");
    expect(ended.status).toBe("cancelled");
    expect((await admin.jobs.get.query({ jobId: second })).status).toBe("running");
    await admin.jobs.cancel.mutate({ jobId: second });
    await untilJob(second, ({ status }) => status !== "running", "the second ends");
    await expectNothingLeft();
  });

  it.each([
    ["down", "UPSTREAM_FAILED"],
    ["truncated", "UPSTREAM_FAILED"],
    ["wrong-checksum", "CHECKSUM_MISMATCH"],
    ["wrong-size", "CHECKSUM_MISMATCH"],
    ["garbage", "CHECKSUM_MISMATCH"],
    ["redirect-private", "DOWNLOAD_REFUSED"],
  ] as const)("from an upstream that is %s fails and leaves nothing", async (mode, code) => {
    const version = await newVersion();
    program.upstreams.fail("mojang", mode, "jar");
    const failed = admin.servers.create.mutate(creation(version, { wait: true }));
    await expect(failed).rejects.toMatchObject({ data: { error: { code } } });
    const [job] = (await admin.jobs.list.query({ limit: 1 })).items;
    expect(job).toMatchObject({ kind: "servers.create", status: "failed", error: { code } });
    await expectNothingLeft();
    program.upstreams.fail("mojang", null);
    const { id } = await addServer(program, admin, { version });
    expect(await findRemainders(program)).toEqual([]);
    await admin.servers.delete.mutate({
      serverId: id,
      confirm: `${(await admin.servers.get.query({ serverId: id })).name}`,
      wait: true,
    });
  });
});

it("a subdomain that is taken meanwhile undoes the whole creation", async () => {
  const creations = [1, 2, 3].map(() => addServer(program, admin, { name: "Same name", subdomain: "same" }));
  const results = await Promise.allSettled(creations);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await findRemainders(program)).toEqual([]);
});

it("ten creations at once get ten different ports", async () => {
  const servers = await Promise.all(
    Array.from({ length: 10 }, (_, index) => addServer(program, admin, { name: `Ten ${index}` })),
  );
  expect(new Set(servers.map(({ port }) => port)).size).toBe(10);
  expect(await findRemainders(program)).toEqual([]);
});

describe("the jar of a custom server", () => {
  const custom = () => addServer(program, admin, { type: "custom", version: "mine", javaMajor: null });
  const put = async (
    serverId: string,
    path: string,
    body: Buffer | ReadableStream,
    headers: Record<string, string> = {},
  ) => {
    // By somebody else each time: one person may bring five files a minute.
    const authorization = `Bearer ${(await addPerson(program.db, { role: "admin" })).token}`;
    const init = { method: "PUT", body, duplex: "half", headers: { authorization, ...headers } };
    return readAnswer(
      await fetch(`${program.url}/api/servers/${serverId}/files?path=${encodeURIComponent(path)}`, init as RequestInit),
    );
  };

  it("is brought by PUT, and then it starts", { timeout: 60_000 }, async () => {
    const { id, requiredJava } = await custom();
    const jar = await readFile(await buildStandIn());
    const answer = await put(id, "server.jar", jar);
    expect([answer.status, answer.data]).toEqual([
      200,
      { path: "server.jar", size: jar.length, modifiedAt: expect.any(String) },
    ]);
    expect(await readFile(folderOf(program, id, "server.jar"))).toEqual(jar);
    const javas = (await admin.servers.listJava.query()).map(({ major }) => major);
    const javaMajor = javas.includes(requiredJava) ? requiredJava : Math.min(...javas.filter((major) => major >= 17));
    await admin.servers.update.mutate({ serverId: id, javaMajor });
    await admin.servers.start.mutate({ serverId: id, wait: true });
    const running = await put(id, "server.jar", jar);
    expect(running.error).toMatchObject({ code: "STATE_CONFLICT", details: { state: "running" } });
    await admin.servers.kill.mutate({ serverId: id });
    expect(await findRemainders(program)).toEqual([]);
  });

  it.each([
    ["../server.jar", "PATH_INVALID"],
    ["server.jar/../x", "PATH_INVALID"],
    ["server.jar\u0000", "PATH_INVALID"],
    ["/etc/passwd", "FILE_TYPE_REFUSED"],
    ["", "FILE_TYPE_REFUSED"],
    ["run.sh", "FILE_TYPE_REFUSED"],
    ["con.txt", "PATH_INVALID"],
  ])("is refused as %j", async (path, code) => {
    const { id } = await custom();
    const answer = await put(id, path, Buffer.from("x"));
    expect(answer.error?.code).toBe(code);
    await expect(readFile(folderOf(program, id, "server.jar"))).rejects.toThrow("ENOENT");
  });

  it("is refused when it is too large, whatever its length claims, and nothing stays", async () => {
    const { id } = await custom();
    const large = Buffer.alloc(1024 * 1024 + 1);
    expect((await put(id, "server.jar", large)).error?.code).toBe("FILE_TOO_LARGE");
    const unannounced = new ReadableStream({
      start(controller) {
        for (let at = 0; at < large.length; at += 65_536)
          controller.enqueue(new Uint8Array(large.subarray(at, at + 65_536)));
        controller.close();
      },
    });
    expect((await put(id, "server.jar", unannounced)).error?.code).toBe("FILE_TOO_LARGE");
    expect(await findRemainders(program)).toEqual([]);
    expect((await put(id, "server.jar", large.subarray(1))).status).toBe(200);
  });

  it("that breaks off leaves the old one, and the server free", async () => {
    const { id } = await custom();
    await put(id, "server.jar", Buffer.from("the old one"));
    const path = `/api/servers/${id}/files?path=server.jar`;
    const headers = { authorization: `Bearer ${token}`, "content-length": "100000" };
    const broken = request(`${program.url}${path}`, { method: "PUT", headers });
    broken.on("error", () => {});
    broken.write(Buffer.alloc(50_000));
    await until(async () => (await findRemainders(program)).length > 0, "the upload has begun");
    const busy = admin.servers.start.mutate({ serverId: id });
    await expect(busy).rejects.toMatchObject({
      data: { error: { code: "SERVER_BUSY", details: { operation: "upload" } } },
    });
    broken.destroy();
    await until(async () => (await findRemainders(program)).length === 0, "nothing of it is left");
    expect(await readFile(folderOf(program, id, "server.jar"), "utf8")).toBe("the old one");
    await admin.servers.update.mutate({ serverId: id, description: "free again" });
  });

  it("of somebody else does not exist, and a vanilla server has none to bring", async () => {
    const { id } = await custom();
    const stranger = await addPerson(program.db);
    const as = (authorization: string) => put(id, "server.jar", Buffer.from("x"), { authorization });
    expect((await as(`Bearer ${stranger.token}`)).error?.code).toBe("SERVER_NOT_FOUND");
    expect((await as("")).error?.code).toBe("SIGN_IN_REQUIRED");
    const { id: vanilla } = await addServer(program, admin);
    expect((await put(vanilla, "server.jar", Buffer.from("x"))).error?.code).toBe("FILE_TYPE_REFUSED");
    expect((await put(crypto.randomUUID(), "server.jar", Buffer.from("x"))).error?.code).toBe("SERVER_NOT_FOUND");
    expect((await put("-".repeat(36), "server.jar", Buffer.from("x"))).error?.code).toBe("BAD_REQUEST");
  });
});
