import { requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../audit/server/record-audit";
import type { UserLimits } from "../../users/contract";

/** The application's layer of the limits: the same for everybody. */
export function readLimits(ctx: Ctx): UserLimits {
  requirePermission(ctx.actor, "system.view_settings");
  return ctx.settings.limits();
}

export async function setLimits(ctx: Ctx, input: Partial<UserLimits>): Promise<UserLimits> {
  requirePermission(ctx.actor, "system.manage_limits");
  return ctx.settings.change("limits", async (now, tx) => {
    const wanted = { ...now, ...input };
    requireOrder(wanted);
    await recordAudit(tx, ctx.actor, { action: "system.setLimits", details: { limits: input } });
    return wanted;
  });
}

function requireOrder({ minBackupIntervalHours: min, maxBackupIntervalHours: max }: UserLimits): void {
  if (min === null || max === null || min <= max) return;
  throw new AppError("VALIDATION_FAILED", "The shortest backup interval is longer than the longest one.", {
    issues: [{ path: ["minBackupIntervalHours"], code: "interval_order", message: "interval_order", limit: max }],
  });
}
