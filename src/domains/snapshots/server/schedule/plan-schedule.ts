import { requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import type { Transaction } from "@/server/db/connect";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../../audit/server/record-audit";
import type { Schedule } from "../../contract";
import { limitsOf } from "../require-room";
import { requireWithinLimits } from "./backup-limits";
import { checkCron } from "./cron-times";
import { saveSchedule } from "./schedules-repository";

/** Writes the schedule in the transaction that makes the server. */
export type SavePlanned = (tx: Transaction, serverId: string) => Promise<void>;

/**
 * A schedule for a server of who acts that is yet to be made: refused now, as `setSchedule` would, and not when all files are there. It runs
 * with the rights of who acts.
 */
export async function planSchedule(ctx: Ctx, schedule: Schedule): Promise<SavePlanned> {
  const { actor } = ctx;
  for (const permission of ["backups.schedule", "backups.create"] as const) requirePermission(actor, permission);
  if (actor.kind === "system")
    throw new AppError("PERMISSION_MISSING", "A schedule belongs to a person.", { permission: "backups.schedule" });
  const now = ctx.clock.now();
  if (schedule.timing.kind === "cron") checkCron(schedule.timing, now);
  requireWithinLimits(schedule, await limitsOf(ctx, { ownerId: actor.userId }), now);
  return async (tx, serverId) => {
    const target = { kind: "server", id: serverId };
    await recordAudit(tx, actor, { action: "snapshots.setSchedule", target, details: { schedule } });
    await saveSchedule(tx, { serverId, schedule, setBy: actor.userId, now: ctx.clock.now() });
  };
}
