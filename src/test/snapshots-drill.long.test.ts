import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { defaultSchedule } from "@/domains/snapshots/contract";
import { backupSchedules } from "@/domains/snapshots/server/table";
import type { Client } from "@/trpc/node-client";
import type { Program } from "./program";
import { until } from "./program-until";
import { startPlayed, take } from "./snapshots/program-snapshots";

let program: Program;
let admin: Client;
let serverId: string;

beforeAll(async () => {
  ({ program, admin, serverId } = await startPlayed({ isRunning: false }));
}, 120_000);
afterAll(() => program?.end());

it("a drill that came due is run by the running program within two looks of its schedule", async () => {
  const { id } = await take(admin, serverId);
  await admin.snapshots.setSchedule.mutate({ serverId, ...defaultSchedule, drillEveryHours: 1 });
  const longAgo = new Date(Date.now() - 2 * 3_600_000);
  await program.db.update(backupSchedules).set({ updatedAt: longAgo }).where(eq(backupSchedules.serverId, serverId));
  const lastDrill = async () => (await admin.snapshots.getSchedule.query({ serverId })).lastDrill;
  await until(async () => (await lastDrill()) !== null, "the drill has run", 130_000);
  expect(await lastDrill()).toMatchObject({ snapshotId: id, result: "good" });
  expect(await admin.snapshots.get.query({ snapshotId: id })).toMatchObject({ verification: "good" });
  const { items } = await admin.jobs.list.query({ serverId, limit: 5 });
  expect(items.some(({ kind, startedBy }) => kind === "snapshots.verify" && startedBy === "drill")).toBe(true);
});
