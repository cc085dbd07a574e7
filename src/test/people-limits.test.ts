import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { serverPorts, servers } from "@/domains/servers/server/table";
import { noLimits, type UserLimits } from "@/domains/users/contract";
import { type Client, createClient } from "@/trpc/node-client";
import { type Program, startProgram } from "./program";
import { addPerson, type Person } from "./program-people";
import { folderOf } from "./program-servers";

const mb = 1024 * 1024;
let program: Program;
let admin: Client;
let person: Person;
let client: Client;
let count = 0;

beforeAll(async () => {
  program = await startProgram();
  admin = await program.admin();
});
afterAll(() => program?.end());

beforeEach(async () => {
  await admin.system.setLimits.mutate(noLimits);
  person = await addPerson(program.db);
  client = createClient({ url: program.url, token: person.token });
});

const setLimits = (limits: Partial<UserLimits>, userId = person.id) => admin.users.setLimits.mutate({ userId, limits });

async function create(memoryMb = 128): Promise<string> {
  const created = await client.servers.create.mutate({
    name: `Limited ${++count}`,
    type: "custom",
    version: "1",
    memoryMb,
    acceptEula: false,
    wait: true,
  });
  if (!("id" in created)) throw new Error("create did not wait");
  return created.id;
}

/** The details of the refusal, or `ok`. */
async function refusalOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
    return "ok";
  } catch (error) {
    const { code, details } = (error as { data?: { error?: { code: string; details: Record<string, unknown> } } }).data
      ?.error ?? { code: String(error), details: {} };
    return code === "LIMIT_EXCEEDED" ? details : code;
  }
}

function upload(serverId: string, body: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${program.url}/api/servers/${serverId}/files?path=server.jar`, {
    method: "PUT",
    body,
    headers: { authorization: `Bearer ${person.token}`, ...headers },
    duplex: "half",
  } as RequestInit);
}

it("keeps the limits that are set, each by itself, and refuses an order that cannot be", async () => {
  const { limits } = await setLimits({ maxServers: 3, minBackupIntervalHours: 6 });
  expect(limits).toEqual({ ...noLimits, maxServers: 3, minBackupIntervalHours: 6 });
  expect((await setLimits({ maxServers: null, maxDiskMb: 0 })).limits).toEqual({
    ...noLimits,
    minBackupIntervalHours: 6,
    maxDiskMb: 0,
  });
  expect(await refusalOf(setLimits({ maxBackupIntervalHours: 5 }))).toBe("VALIDATION_FAILED");
});

it("lets exactly three of fifty simultaneous servers be made where three are allowed", {
  timeout: 60_000,
}, async () => {
  await setLimits({ maxServers: 3 });
  const ports = await program.db.$count(serverPorts);
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => refusalOf(create())));
  expect(outcomes.filter((outcome) => outcome === "ok")).toHaveLength(3);
  expect(await program.db.$count(servers, eq(servers.ownerId, person.id))).toBe(3);
  expect(outcomes).toContainEqual({
    category: "VALIDATION_ERROR",
    layer: "user",
    limit: "maxServers",
    max: 3,
    asked: expect.any(Number),
  });
  expect(await program.db.$count(serverPorts)).toBe(ports + 6);
  expect(await refusalOf(create())).toMatchObject({ layer: "user", limit: "maxServers", max: 3, asked: 4 });
});

it("never gives out more memory than is allowed, to whoever asks at the same moment", { timeout: 60_000 }, async () => {
  await setLimits({ maxMemoryMb: 1000 });
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => refusalOf(create(300))));
  expect(outcomes.filter((outcome) => outcome === "ok")).toHaveLength(3);
  const owned = await program.db.select().from(servers).where(eq(servers.ownerId, person.id));
  const [first, second] = owned;
  expect(owned.reduce((sum, { memoryMb }) => sum + memoryMb, 0)).toBe(900);
  const raise = (id: string | undefined, memoryMb: number) =>
    refusalOf(client.servers.update.mutate({ serverId: id ?? "", memoryMb }));
  expect(await raise(first?.id, 401)).toMatchObject({ limit: "maxMemoryMb", max: 1000, asked: 1001 });
  const both = await Promise.all([raise(first?.id, 400), raise(second?.id, 400)]);
  expect(both.filter((outcome) => outcome === "ok")).toHaveLength(1);
  // Less is welcome also where it is still too much.
  await setLimits({ maxMemoryMb: 500 });
  expect(await raise(first?.id, 250)).toBe("ok");
  expect(await raise(first?.id, 251)).toMatchObject({ limit: "maxMemoryMb", max: 500 });
});

it("lets the lowest of the two layers win, and says which it was", async () => {
  await admin.system.setLimits.mutate({ maxServers: 1 });
  await setLimits({ maxServers: 5 });
  await create();
  expect(await refusalOf(create())).toMatchObject({ layer: "application", max: 1, asked: 2 });
  await setLimits({ maxServers: 0 });
  expect(await refusalOf(create())).toMatchObject({ layer: "user", max: 0, asked: 2 });
  await admin.system.setLimits.mutate({ maxServers: null });
  await setLimits({ maxServers: null });
  expect(await refusalOf(create())).toBe("ok");
});

it("measures what the folders of all the owner's servers hold, and refuses what would be too much", async () => {
  const [first, second] = [await create(), await create()];
  await writeFile(folderOf(program, first, "world.dat"), Buffer.alloc(3 * mb));
  await setLimits({ maxDiskMb: 5 });
  const put = async (bytes: number, headers?: Record<string, string>) => {
    const response = await upload(second, Buffer.alloc(bytes), headers);
    const body = (await response.json()) as { error?: { code: string; details: object } };
    return body.error?.details ?? response.status;
  };
  expect(await put(Math.floor(1.5 * mb))).toBe(200);
  // The old jar makes room for the new one.
  expect(await put(Math.floor(1.6 * mb))).toBe(200);
  expect(await put(3 * mb)).toMatchObject({ layer: "user", limit: "maxDiskMb", max: 5, asked: 7 });
  await writeFile(folderOf(program, first, "more.dat"), Buffer.alloc(2 * mb));
  expect(await refusalOf(create())).toMatchObject({ layer: "user", limit: "maxDiskMb", max: 5 });
  await setLimits({ maxDiskMb: null });
  expect(await put(3 * mb)).toBe(200);
});

it("measures an upload that does not say how large it is, and keeps nothing of what is refused", async () => {
  const serverId = await create();
  expect((await upload(serverId, Buffer.alloc(1000, 1))).status).toBe(200);
  await setLimits({ maxDiskMb: 2 });
  const stream = new ReadableStream({
    start(controller) {
      for (let part = 0; part < 40; part++) controller.enqueue(new Uint8Array(100_000));
      controller.close();
    },
  });
  const response = await upload(serverId, stream);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code: "LIMIT_EXCEEDED", details: { limit: "maxDiskMb" } } });
  expect((await readFile(folderOf(program, serverId, "server.jar"))).byteLength).toBe(1000);
  expect(await readdir(folderOf(program, serverId))).toContain("server.jar");
  expect(await readdir(join(program.dataDir, "temp", "uploads"))).toEqual([]);
});

it("gives nobody servers beyond their limits when an account goes", async () => {
  for (let index = 0; index < 2; index++) await create(200);
  const receiver = await addPerson(program.db);
  const give = () =>
    refusalOf(
      admin.users.delete.mutate({
        userId: person.id,
        confirm: person.username,
        servers: { action: "transfer", toUserId: receiver.id },
      }),
    );
  await setLimits({ maxServers: 1 }, receiver.id);
  expect(await give()).toMatchObject({ layer: "user", limit: "maxServers", max: 1, asked: 2 });
  await setLimits({ maxServers: null, maxMemoryMb: 399 }, receiver.id);
  expect(await give()).toMatchObject({ limit: "maxMemoryMb", max: 399, asked: 400 });
  await setLimits({ maxMemoryMb: null, maxDiskMb: 0 }, receiver.id);
  expect(await give()).toMatchObject({ limit: "maxDiskMb", max: 0 });
  await setLimits({ maxDiskMb: null }, receiver.id);
  expect(await give()).toBe("ok");
  expect(await program.db.$count(servers, eq(servers.ownerId, receiver.id))).toBe(2);
});
