import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Actor } from "@/server/auth/actor";
import { AppError } from "@/server/errors";
import { createLogger } from "@/server/logger";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { createRefusalRecorder, type RefusalRecorder, rowsPerMinute } from "./refusal-recorder";
import { auditLog } from "./table";

let database: TestDatabase;
let refusals: RefusalRecorder;
let now = new Date("2026-01-01T00:00:00Z");

beforeEach(async () => {
  database = await createTestDatabase();
  const clock = { now: () => now, sleep: async () => {} };
  refusals = createRefusalRecorder({ db: database.db, clock, log: createLogger({ level: "silent", pretty: false }) });
});
afterEach(() => database.drop());

const person = (): Actor => ({
  kind: "user",
  sessionId: "",
  userId: randomUUID(),
  username: "steve",
  role: "user",
  isApproved: true,
  permissions: new Set(),
  shared: new Map(),
  mustEnrol: false,
  authenticatedAt: null,
  address: "203.0.113.1",
});
const missing = () => new AppError("PERMISSION_MISSING", "no", { permission: "users.view", input: "secret" });
const rows = () => database.db.select().from(auditLog).orderBy(auditLog.id);

it("writes who was refused what, and why, without the input", async () => {
  await refusals.record({ actor: person(), action: "users.list", thrown: missing() });
  expect(await rows()).toMatchObject([
    {
      actorName: "steve",
      address: "203.0.113.1",
      action: "users.list",
      result: "refused",
      details: { code: "PERMISSION_MISSING", permission: "users.view" },
    },
  ]);
  expect(JSON.stringify((await rows())[0]?.details)).not.toMatch(/secret/);
});

it("names what was hidden from the caller", async () => {
  const target = { kind: "server", id: randomUUID() };
  const thrown = new AppError("SERVER_NOT_FOUND", "no", {}, { hides: target });
  await refusals.record({ actor: person(), action: "servers.get", thrown });
  await expect.poll(rows).toMatchObject([{ targetKind: "server", targetId: target.id, result: "refused" }]);
});

it("leaves alone what is no refusal, strangers, and what was recorded already", async () => {
  const thrown = missing();
  await refusals.record({ actor: null, action: "users.list", thrown });
  await refusals.record({ actor: person(), action: "servers.get", thrown: new AppError("SERVER_NOT_FOUND", "no") });
  await refusals.record({ actor: person(), action: "x", thrown: new AppError("REAUTHENTICATION_REQUIRED", "no") });
  await refusals.record({ actor: person(), action: "x", thrown: new Error("fault") });
  await refusals.record({ actor: { kind: "system", name: "boot" }, action: "x", thrown });
  expect(await rows()).toEqual([]);
  await refusals.record({ actor: person(), action: "users.list", thrown });
  await refusals.record({ actor: person(), action: "users.list", thrown });
  expect(await rows()).toHaveLength(1);
});

it("writes so many rows a minute for each person, then how many were left out", async () => {
  const [steve, alex] = [person(), person()];
  await Promise.all(
    Array.from({ length: 500 }, () => refusals.record({ actor: steve, action: "users.list", thrown: missing() })),
  );
  await refusals.record({ actor: alex, action: "users.list", thrown: missing() });
  expect(await rows()).toHaveLength(rowsPerMinute + 1);
  now = new Date(now.getTime() + 61_000);
  await refusals.record({ actor: steve, action: "users.list", thrown: missing() });
  await expect.poll(async () => (await rows()).length).toBe(rowsPerMinute + 3);
  expect((await rows()).find(({ action }) => action === "audit.leftOut")?.details).toEqual({ leftOut: 470 });
});

it("writes what was left out when mcsd closes", async () => {
  const steve = person();
  for (let index = 0; index < rowsPerMinute + 4; index++)
    await refusals.record({ actor: steve, action: "users.list", thrown: missing() });
  await refusals.flush();
  expect((await rows()).at(-1)).toMatchObject({ action: "audit.leftOut", details: { leftOut: 4 } });
});
