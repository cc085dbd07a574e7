import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { allocateGamePort, allocateRconPort, isPortFree, suggestPort } from "./allocate-ports";
import { listPorts } from "./repository";
import { serverPorts } from "./table";

let database: TestDatabase;
/** Below the ports that the kernel gives out by itself. */
const base = 20_000 + Math.floor(Math.random() * 900);
const range = [base, base + 2] as const;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());
beforeEach(() => database.db.delete(serverPorts));

const allocate = (wanted: number | null, holder = randomUUID()) =>
  database.db.transaction((tx) => allocateGamePort(tx, { holder, wanted, range }));

async function listen(port: number) {
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  return { port: (server.address() as AddressInfo).port, close: () => once(server.close(), "close") };
}

it("gives out the lowest free port, until none is left", async () => {
  expect([await allocate(null), await allocate(null), await allocate(null)]).toEqual([base, base + 1, base + 2]);
  await expect(allocate(null)).rejects.toMatchObject({ code: "NO_PORT_LEFT", details: { range } });
});

it("leaves out what somebody listens on, also on one address only", async () => {
  const other = await listen(base);
  expect(await isPortFree(base)).toBe(false);
  expect(await suggestPort(new Set(), range)).toBe(base + 1);
  expect(await allocate(null)).toBe(base + 1);
  await expect(allocate(base)).rejects.toMatchObject({ code: "PORT_TAKEN", details: { port: base, holder: null } });
  await other.close();
  expect(await allocate(base)).toBe(base);
});

it("settles twenty claims to one port, and to three, at once", async () => {
  const claims = await Promise.allSettled(Array.from({ length: 20 }, () => allocate(base)));
  expect(claims.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  await database.db.delete(serverPorts);
  const any = await Promise.allSettled(Array.from({ length: 20 }, () => allocate(null)));
  const given = any.flatMap((claim) => (claim.status === "fulfilled" ? [claim.value] : []));
  expect(new Set(given).size).toBe(given.length);
  expect(given.length).toBe(3);
});

it("lets its holder keep a port", async () => {
  const holder = randomUUID();
  await allocate(base, holder);
  expect(await allocate(base, holder)).toBe(base);
});

it("takes ports for remote control from outside the range", async () => {
  const wide = [21_000, 24_000] as const;
  const holders = Array.from({ length: 5 }, () => randomUUID());
  for (const holder of holders) await database.db.transaction((tx) => allocateRconPort(tx, holder, wide));
  const ports = await listPorts(database.db);
  expect(ports.map(({ purpose }) => purpose)).toEqual(Array(5).fill("rcon"));
  expect(ports.every(({ port }) => port > 24_000 && port <= 24_999)).toBe(true);
  const all = database.db.transaction((tx) => allocateRconPort(tx, randomUUID(), [20_000, 25_000]));
  await expect(all).rejects.toMatchObject({ code: "NO_PORT_LEFT" });
});
