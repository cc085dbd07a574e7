import type { z } from "zod";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../../audit/server/record-audit";
import { reachServer } from "../../../servers/server/policy";
import type { ScheduleState, setScheduleInputSchema } from "../../contract";
import { publishSnapshots } from "../publish-snapshots";
import { limitsOf } from "../require-room";
import { requireWithinLimits } from "./backup-limits";
import { checkCron } from "./cron-times";
import { describeSchedule } from "./read-schedule";
import { saveSchedule } from "./schedules-repository";

/** Sets a server's schedule, within the limits of everybody and of its owner. It runs with the rights of who set it. */
export async function setSchedule(ctx: Ctx, input: z.output<typeof setScheduleInputSchema>): Promise<ScheduleState> {
  const { serverId, ...schedule } = input;
  const record = await reachServer(ctx, serverId, "backups.schedule");
  const { actor } = ctx;
  if (actor.kind === "system")
    throw new AppError("PERMISSION_MISSING", "A schedule belongs to a person.", { permission: "backups.schedule" });
  const now = ctx.clock.now();
  if (schedule.timing.kind === "cron") checkCron(schedule.timing, now);
  requireWithinLimits(schedule, await limitsOf(ctx, record), now);
  await ctx.db.transaction(async (tx) => {
    await recordAudit(tx, actor, {
      action: "snapshots.setSchedule",
      target: { kind: "server", id: record.id },
      details: { schedule },
    });
    await saveSchedule(tx, { serverId, schedule, setBy: actor.userId, now });
  });
  publishSnapshots(ctx, { serverId, ownerId: record.ownerId });
  return describeSchedule(ctx, record);
}
