import { systemActor } from "@/server/auth/actor";
import type { Services } from "@/server/context";
import { publishSnapshots } from "../publish-snapshots";
import { findNewestGood } from "../repository";
import { verifySnapshot } from "../verify-snapshot";
import { type ScheduleRow, saveDrill } from "./schedules-repository";

const hourMs = 3_600_000;

export function isDrillDue({ schedule, lastDrillAt, updatedAt }: ScheduleRow, now: Date): boolean {
  if (schedule.drillEveryHours === null) return false;
  return now.getTime() - (lastDrillAt ?? updatedAt).getTime() >= schedule.drillEveryHours * hourMs;
}

/** Restores the newest snapshot into a temporary folder and compares it. Without a snapshot there is nothing to rehearse. */
export async function runDrill(services: Services, { serverId }: ScheduleRow): Promise<void> {
  const { db, clock, log } = services;
  const newest = await findNewestGood(db, serverId);
  if (!newest) return;
  const drill = (result: "good" | "damaged" | "failed") =>
    saveDrill(db, serverId, { at: clock.now(), snapshotId: newest.id, result });
  try {
    const ctx = { ...services, actor: systemActor("drill") };
    const { done } = await verifySnapshot(ctx, { snapshotId: newest.id, drill: true });
    await drill((await done).isGood ? "good" : "damaged");
  } catch (error) {
    log.warn({ err: error, serverId, snapshotId: newest.id }, "a drill failed");
    if (!services.shutdown.aborted) await drill("failed");
  }
  publishSnapshots(services, newest);
}
