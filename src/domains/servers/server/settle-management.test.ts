import { randomUUID } from "node:crypto";
import { createServer } from "node:net";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { insertUser } from "@/domains/auth/server/repository";
import { createSealer } from "@/server/crypto/seal";
import { createLogger } from "@/server/logger";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { managedValues, managementPlace } from "./prepare-launch";
import { findServerRecord } from "./repository";
import { hasManagement, settleManagement } from "./settle-management";
import { serverPorts, servers } from "./table";

let database: TestDatabase;
const sealer = createSealer("k".repeat(43));
const log = createLogger({ level: "silent", pretty: false });
const id = randomUUID();

beforeAll(async () => {
  database = await createTestDatabase();
  const owner = { username: "owner", passwordHash: "", role: "user", isApproved: true } as const;
  const { id: ownerId } = await insertUser(database.db, owner);
  const crashPolicy = { restart: false, maxTries: 1, windowMinutes: 1 };
  const what = { type: "vanilla", launchKind: "host", version: "1.21.11", memoryMb: 128, requiredJava: 17 } as const;
  const place = { port: 25_565, rconPort: 30_000, rconPassword: "", crashPolicy, slug: "s" };
  await database.db.insert(servers).values({ ...what, ...place, id, name: "S", ownerId });
});
afterAll(() => database?.drop());

/** As at a start of the server in this version. */
async function settle(version: string) {
  const record = await findServerRecord(database.db, id);
  if (!record) throw new Error("no row");
  record.version = version;
  await settleManagement({ db: database.db, log, sealer, portRange: [21_000, 21_500] }, record);
  const stored = await findServerRecord(database.db, id);
  const ports = await database.db.select().from(serverPorts).where(eq(serverPorts.holder, id));
  const { managementPort: port, managementSecret } = record;
  expect(stored).toMatchObject({ managementPort: port, managementSecret });
  expect(ports).toEqual(port === null ? [] : [{ port, holder: id, purpose: "management" }]);
  return { port, secret: managementSecret && sealer.open(managementSecret, managementPlace(id)) };
}

it("gives a port that stays and a secret that does not, and neither to a version that has no use for them", async () => {
  expect(await settle("1.20.4")).toEqual({ port: null, secret: null });
  const first = await settle("1.21.11");
  expect(first.secret).toMatch(/^[A-Za-z0-9]{40}$/);
  expect(first.port).toBeGreaterThan(21_500);
  const second = await settle("26.2");
  expect(second.port).toBe(first.port);
  expect(second.secret).toMatch(/^[A-Za-z0-9]{40}$/);
  expect(second.secret).not.toBe(first.secret);
  // Something else listens there by now.
  const squatter = createServer().listen(first.port ?? 0, "127.0.0.1");
  await new Promise((resolve) => squatter.once("listening", resolve));
  const third = await settle("26.2");
  expect(third.port).not.toBe(first.port);
  await new Promise((resolve) => squatter.close(resolve));
  expect(await settle("1.21.8")).toEqual({ port: null, secret: null });
});

it("is never a reason not to start", async () => {
  const record = await findServerRecord(database.db, id);
  if (!record) throw new Error("no row");
  const db = { transaction: () => Promise.reject(new Error("full")) } as unknown as TestDatabase["db"];
  await settleManagement({ db, log, sealer, portRange: [21_000, 21_500] }, record);
  expect([record.managementPort, record.managementSecret]).toEqual([null, null]);
});

it("knows which versions have it, whatever they are called", () => {
  const versions = [
    "1.21.9",
    "1.21.10",
    "1.21.11",
    "26.1",
    "26.3-snapshot-6",
    "1.21.8",
    "1.21.9-rc1",
    "1.8",
    "25w35a",
    "odd",
  ];
  const found = versions.filter((version) => hasManagement({ type: "paper", version }));
  expect(found).toEqual(["1.21.9", "1.21.10", "1.21.11", "26.1", "26.3-snapshot-6"]);
  expect(hasManagement({ type: "custom", version: "26.1" })).toBe(false);
});

it("sets what the game needs to start with it, takes it out where it is not, and leaves a custom server its own", () => {
  const record = { port: 1, rconPort: 2, type: "paper", launchKind: "host" } as const;
  const service = { port: 3, secret: "abc" };
  const on = Object.fromEntries(managedValues(record, { rconPassword: "p", management: service }));
  expect(on).toMatchObject({
    "management-server-enabled": "true",
    "management-server-host": "127.0.0.1",
    "management-server-port": "3",
    "management-server-secret": "abc",
    "management-server-tls-enabled": "false",
    "management-server-allowed-origins": "",
  });
  const inside = managedValues({ ...record, launchKind: "dood" }, { rconPassword: "p", management: service });
  expect(inside.get("management-server-host")).toBe("0.0.0.0");
  const without = managedValues(record, { rconPassword: "p", management: null });
  expect(without.get("management-server-secret")).toBeNull();
  const custom = managedValues({ ...record, type: "custom" }, { rconPassword: "p", management: null });
  expect([...custom.keys()].filter((key) => key.startsWith("management"))).toEqual([]);
});
