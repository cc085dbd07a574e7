import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { auditLog } from "@/domains/audit/server/table";
import { insertUser } from "@/domains/auth/server/repository";
import { listOpenOperations, settleOperations } from "@/domains/jobs/server/repository";
import { recoverSnapshots } from "@/domains/snapshots/server/recover-snapshots";
import { insertSnapshot, listAllOfServer } from "@/domains/snapshots/server/repository";
import { applyRetention } from "@/domains/snapshots/server/retention/apply-retention";
import { createTestDatabase, type TestDatabase } from "../database";
import { bundleBeside, bundleWorker } from "./bundle-worker";
import { expectCollected } from "./check-store";
import { openTestEngine, type TestEngine } from "./open-test-engine";
import type { RetentionTask } from "./retention-child";
import { keptOfEachType, retentionServices } from "./retention-services";

const addedEachRound = 4;

/** How far a killed run came: before its intent was written, in the middle, or to its end. */
export type RetentionEnd = "untouched" | "half" | "whole";

/**
 * Runs of retention in a process of its own, killed at random moments, on one database and one store. After each the program's recovery
 * runs and everything that must hold is checked; then the same run goes through. Resolves with how far each came.
 */
export async function crashRetention(rounds: number, longestMs: number): Promise<RetentionEnd[]> {
  const database = await createTestDatabase();
  const base = await openTestEngine();
  mkdirSync(join(base.base, "restores"));
  try {
    const owner = await insertUser(database.db, {
      username: "owner",
      passwordHash: "",
      role: "user",
      isApproved: true,
    });
    const place: Place = { database, base, serverId: randomUUID(), ownerId: owner.id };
    const pinned = await take(place, base, { isPinned: true });
    for (let count = 0; count < keptOfEachType; count++) await take(place, base);
    const ends: RetentionEnd[] = [];
    for (let round = 0; round < rounds; round++) {
      const added: string[] = [];
      for (let count = 0; count < addedEachRound; count++) added.push(await take(place, base));
      const before = await idsOf(place);
      await runAndKill(place, Math.random() * longestMs);
      ends.push(await checkAfter(place, { before, pinned, newest: added.at(-1) ?? "" }));
    }
    return ends;
  } finally {
    await base.close();
    await database.drop();
  }
}

interface Place {
  database: TestDatabase;
  base: TestEngine;
  serverId: string;
  ownerId: string;
}

let takenAt = Date.parse("2026-01-01T00:00:00Z");

async function take({ database, serverId }: Place, on: TestEngine, more: { isPinned?: boolean } = {}) {
  const id = randomUUID();
  takenAt += 60_000;
  writeFileSync(join(on.world, "level.dat"), `${id} `.repeat(500));
  writeFileSync(join(on.world, `${takenAt % 7}.dat`), id);
  await on.take(id);
  const about = {
    id,
    serverId,
    type: "manual",
    resource: "server_full",
    status: "complete",
    createdBy: "owner",
  } as const;
  await database.db.transaction((tx) => insertSnapshot(tx, { ...about, ...more, createdAt: new Date(takenAt) }));
  return id;
}

const idsOf = async ({ database, serverId }: Place) =>
  (await listAllOfServer(database.db, serverId)).map(({ id }) => id).sort();

async function runAndKill({ database, base, serverId, ownerId }: Place, killAfterMs: number): Promise<void> {
  const program = await bundleBeside('import "@/test/snapshots/retention-child";');
  const task: RetentionTask = {
    root: base.root,
    workerFile: await bundleWorker(),
    databaseUrl: database.url,
    serverId,
    ownerId,
  };
  const child = spawn(process.execPath, [program, JSON.stringify(task)], { stdio: ["ignore", "pipe", "inherit"] });
  child.stdout.once("data", () => setTimeout(() => child.kill("SIGKILL"), killAfterMs));
  const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  expect(code === 0 || signal === "SIGKILL", `ended with ${code}`).toBe(true);
}

/** As at the next start of the program, with an engine that knows nothing of what was done. */
async function checkAfter(
  place: Place,
  { before, pinned, newest }: { before: string[]; pinned: string; newest: string },
): Promise<RetentionEnd> {
  const { database, base, serverId } = place;
  const { db } = database;
  const on = await openTestEngine({ base: base.base, isReopened: true });
  try {
    const services = retentionServices({ db, engine: on.engine, restores: join(on.base, "restores"), ...place });
    const { settle } = await recoverSnapshots(services);
    const open = await listOpenOperations(db);
    const settled: boolean[] = [];
    for (const operation of open) settled.push(await settle(operation));
    expect(settled.every(Boolean)).toBe(true);
    await settleOperations(db, { done: open.map(({ id }) => id), interrupted: [] }, new Date());

    // I1, I4: what is listed is complete, on disk and whole, and nothing else is there.
    const rows = await listAllOfServer(db, serverId);
    expect(rows.filter(({ status, verification }) => status !== "complete" || verification === "damaged")).toEqual([]);
    const left = await idsOf(place);
    expect((await on.engine.listIds()).sort()).toEqual(left);
    expect((await on.engine.verifyAll()).filter(({ isGood }) => !isGood)).toEqual([]);
    // I5: what is gone is in the audit log; the pinned and the newest one are never gone.
    const pruned = await prunedIds(place);
    expect(before.filter((id) => !left.includes(id) && !pruned.has(id))).toEqual([]);
    expect(left).toEqual(expect.arrayContaining([pinned, newest]));
    const end = left.length === before.length ? "untouched" : open.length > 0 ? "half" : "whole";

    // The same once more.
    await applyRetention(services, serverId);
    expect(await idsOf(place)).toHaveLength(keptOfEachType + 1);
    expect(await applyRetention(services, serverId)).toEqual([]);
    await services.snapshots.collector.settled();
    await expectCollected(on);
    return end;
  } finally {
    await on.close();
  }
}

async function prunedIds({ database }: Place): Promise<Set<string>> {
  const rows = await database.db.select().from(auditLog);
  return new Set(
    rows
      .filter(({ action }) => action === "snapshots.prune")
      .flatMap(({ details }) => ((details?.snapshots ?? []) as { id: string }[]).map(({ id }) => id)),
  );
}
