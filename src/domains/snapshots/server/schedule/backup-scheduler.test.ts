import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, it } from "vitest";
import { insertUser } from "@/domains/auth/server/repository";
import type { ServerRecord } from "@/domains/servers/server/repository";
import { servers } from "@/domains/servers/server/table";
import { type TrackedServer, trackServer } from "@/domains/servers/server/tracked-server";
import { users } from "@/domains/users/server/table";
import type { Services } from "@/server/context";
import { AppError } from "@/server/errors";
import { createEventBus } from "@/server/event-bus";
import { createLogger } from "@/server/logger";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { defaultSchedule, type Schedule } from "../../contract";
import { insertSnapshot } from "../repository";
import { backupRuns } from "../table";
import { type BackupScheduler, createBackupScheduler } from "./backup-scheduler";
import { saveSchedule } from "./schedules-repository";

const hourMs = 3_600_000;
const minuteMs = 60_000;
const serverId = randomUUID();
let database: TestDatabase;
let now: Date;
let tracked: TrackedServer;
let ownerId: string;
let scheduler: BackupScheduler;
let services: Services;
/** What was tried to be taken: a real snapshot needs a real server. */
let tried: string[];

beforeEach(async () => {
  database = await createTestDatabase();
  const { db } = database;
  now = new Date("2026-05-04T00:30:30Z");
  tried = [];
  const owner = { username: "owner", passwordHash: "", role: "user", isApproved: true } as const;
  ownerId = (await insertUser(db, owner)).id;
  const kind = { type: "custom", launchKind: "host" } as const;
  const values = {
    ...{ ...kind, id: serverId, name: "S", slug: "s", ownerId, version: "1", memoryMb: 128 },
    ...{
      port: 25_565,
      rconPort: 30_000,
      rconPassword: "",
      requiredJava: 17,
      crashPolicy: { restart: false, maxTries: 1, windowMinutes: 1 },
    },
  } as const;
  const [record] = await db.insert(servers).values(values).returning();
  tracked = trackServer({ ...record, ownerName: "owner" } as ServerRecord);
  services = {
    db,
    log: createLogger({ level: "silent", pretty: false }),
    clock: { now: () => now, sleep: () => new Promise(() => {}) },
    events: createEventBus(),
    env: { MAX_BACKUP_RETENTION: 30, MAX_BACKUP_INTERVAL_HOURS: 168 },
    settings: { limits: () => ({}) },
    shutdown: new AbortController().signal,
    dataDir: { paths: {} },
    snapshots: { uses: { isHeld: () => false } },
    supervisor: {
      find: () => tracked,
      recorder: { note: async () => {} },
      lock: (_id: string, operation: string) => {
        tried.push(operation);
        throw new AppError("SERVER_BUSY", "Busy.");
      },
    },
  } as unknown as Services;
  scheduler = createBackupScheduler(services);
});
afterEach(() => database.drop());

const set = (more: Partial<Schedule>, setBy = ownerId) =>
  saveSchedule(database.db, {
    serverId,
    schedule: { ...defaultSchedule, isEnabled: true, onlyIfPlayed: false, ...more },
    setBy,
    now,
  });
const hourly = { kind: "cron", expression: "0 * * * *", timeZone: "UTC" } as const;
const runs = async () =>
  (await database.db.select().from(backupRuns).orderBy(backupRuns.dueAt)).map(
    ({ dueAt, result, reason }) => `${dueAt.toISOString().slice(5, 16)} ${result} ${reason}`,
  );
async function pass(ms: number, step = 4 * minuteMs): Promise<void> {
  for (const end = now.getTime() + ms; now.getTime() < end; ) {
    now = new Date(Math.min(end, now.getTime() + step));
    await scheduler.tick();
  }
}

it("takes each turn once, writes down what failed, and tries again at the next turn only", async () => {
  await set({ timing: hourly });
  await pass(3 * hourMs);
  expect(await runs()).toEqual([
    "05-04T01:00 failed SERVER_BUSY",
    "05-04T02:00 failed SERVER_BUSY",
    "05-04T03:00 failed SERVER_BUSY",
  ]);
  expect(tried).toHaveLength(3);
});

it("two that look at the same time take a turn once", async () => {
  await set({ timing: hourly });
  const other = createBackupScheduler(services);
  for (const at of ["00:59:10", "01:00:10", "01:01:10"]) {
    now = new Date(`2026-05-04T${at}Z`);
    await Promise.all([scheduler.tick(), other.tick()]);
  }
  expect(await runs()).toEqual(["05-04T01:00 failed SERVER_BUSY"]);
  expect(tried).toHaveLength(1);
});

it("makes nothing up for the time that it was away", async () => {
  await set({ timing: hourly });
  await pass(5 * hourMs, 5 * hourMs);
  expect(await runs()).toEqual([]);
  await pass(hourMs);
  expect(await runs()).toEqual(["05-04T06:00 failed SERVER_BUSY"]);
});

it("counts an interval from the start of the server, anew after a restart, and not while it is stopped", async () => {
  await set({ timing: { kind: "interval", everyHours: 2 } });
  await pass(3 * hourMs);
  expect(await runs()).toEqual([]);
  const start = () => Object.assign(tracked, { handle: {}, launchedAt: now });
  start();
  await pass(2 * hourMs + minuteMs);
  expect(await runs()).toEqual(["05-04T05:30 failed SERVER_BUSY"]);
  await pass(hourMs);
  start();
  await pass(hourMs + 59 * minuteMs);
  expect(await runs()).toHaveLength(1);
  await pass(2 * minuteMs);
  expect(await runs()).toEqual(["05-04T05:30 failed SERVER_BUSY", "05-04T08:31 failed SERVER_BUSY"]);
});

it("asks each time whether who set it may still", async () => {
  const { db } = database;
  await set({ timing: hourly });
  await db
    .update(users)
    .set({ denied: ["backups.schedule"] })
    .where(eq(users.id, ownerId));
  await pass(hourMs);
  await db.update(users).set({ denied: [], isActive: false }).where(eq(users.id, ownerId));
  await pass(hourMs);
  const { id: stranger } = await insertUser(db, {
    username: "stranger",
    passwordHash: "",
    role: "user",
    isApproved: true,
  });
  await set({ timing: hourly }, stranger);
  await pass(hourMs);
  expect((await runs()).map((run) => run.slice(12))).toEqual(Array(3).fill("failed PERMISSION_MISSING"));
  expect(tried).toEqual([]);
});

it("leaves out turns since whose last snapshot nobody has played", async () => {
  await set({ timing: hourly, onlyIfPlayed: true });
  await database.db.transaction((tx) =>
    insertSnapshot(tx, {
      ...{
        id: randomUUID(),
        serverId,
        resource: "server_full",
        type: "manual",
        status: "complete",
        createdBy: "owner",
      },
      createdAt: new Date(now.getTime() + minuteMs),
    }),
  );
  await pass(hourMs);
  const live = { cpu: null, memoryBytes: null, playersOnline: 2, playersMax: 20, playerNames: [] };
  services.events.publish({ ownerId, event: { kind: "live", serverId, live } });
  await new Promise((resolve) => setTimeout(resolve, 200));
  await pass(hourMs);
  expect(await runs()).toEqual(["05-04T01:00 skipped NOT_PLAYED", "05-04T02:00 failed SERVER_BUSY"]);
});

it("does nothing that is switched off", async () => {
  await set({ timing: hourly, isEnabled: false });
  await pass(3 * hourMs);
  expect(await runs()).toEqual([]);
});
