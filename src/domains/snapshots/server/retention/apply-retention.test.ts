import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { auditLog } from "@/domains/audit/server/table";
import { insertUser } from "@/domains/auth/server/repository";
import type { Services } from "@/server/context";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { openTestEngine, type TestEngine } from "@/test/snapshots/open-test-engine";
import { retentionServices } from "@/test/snapshots/retention-services";
import { insertSnapshot, listAllOfServer } from "../repository";
import { applyRetention } from "./apply-retention";

const serverId = randomUUID();
let database: TestDatabase;
let test: TestEngine;
let services: Services;

beforeEach(async () => {
  database = await createTestDatabase();
  test = await openTestEngine();
  const { db } = database;
  const { id: ownerId } = await insertUser(db, { username: "owner", passwordHash: "", role: "user", isApproved: true });
  services = retentionServices({ db, engine: test.engine, serverId, ownerId });
});
afterEach(async () => {
  await test.close();
  await database.drop();
});

async function take(type: "manual" | "scheduled", minutesAgo: number, isPinned = false): Promise<string> {
  const id = randomUUID();
  await writeFile(join(test.world, "level.dat"), `${type} ${minutesAgo}`);
  await test.take(id);
  const about = {
    id,
    serverId,
    type,
    isPinned,
    resource: "server_full",
    status: "complete",
    createdBy: "owner",
  } as const;
  await database.db.transaction((tx) =>
    insertSnapshot(tx, { ...about, createdAt: new Date(Date.now() - minutesAgo * 60_000) }),
  );
  return id;
}

it("removes what need not be kept from database and disk, says so in the audit log, and leaves what is in use", async () => {
  const pinned = await take("manual", 90, true);
  const [used, oldest] = [await take("manual", 80), await take("manual", 70)];
  const newer = [await take("manual", 60), await take("manual", 50), await take("manual", 40)];
  const release = services.snapshots.uses.hold(used);
  expect(await applyRetention(services, serverId)).toEqual([oldest]);
  const left = async () => (await listAllOfServer(database.db, serverId)).map(({ id }) => id).sort();
  expect(await left()).toEqual([pinned, used, ...newer].sort());
  expect((await test.engine.listIds()).sort()).toEqual([pinned, used, ...newer].sort());
  release();
  expect(await applyRetention(services, serverId)).toEqual([used]);
  await services.snapshots.collector.settled();
  for (const id of await left()) expect((await test.engine.verifySnapshot(id)).isGood).toBe(true);
  const rows = await database.db.select().from(auditLog);
  expect(rows.map(({ action, actorName }) => `${action} by ${actorName}`)).toEqual(
    Array(2).fill("snapshots.prune by retention"),
  );
  expect(await applyRetention(services, serverId)).toEqual([]);
});
