import { requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import { recordAudit } from "../../audit/server/record-audit";
import type { AppSettings } from "../contract";

export function readSettings(ctx: Ctx): AppSettings {
  requirePermission(ctx.actor, "system.view_settings");
  return ctx.settings.current();
}

/**
 * Changes what is given and holds from the next call on. Roles that now need a second factor are asked for one at once: their
 * people without one reach nothing but their own account, where they can set one up.
 */
export async function updateSettings(ctx: Ctx, input: Partial<AppSettings>): Promise<AppSettings> {
  requirePermission(ctx.actor, "system.update_settings");
  return ctx.settings.change("settings", async (now, tx) => {
    const wanted = { ...now, ...input };
    wanted.secondFactorRoles = [...new Set(wanted.secondFactorRoles)];
    await recordAudit(tx, ctx.actor, {
      action: "system.updateSettings",
      details: { before: only(now, input), after: only(wanted, input) },
    });
    return wanted;
  });
}

/** The same members as `like` has. */
function only(settings: AppSettings, like: Partial<AppSettings>): Partial<AppSettings> {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => name in like));
}
