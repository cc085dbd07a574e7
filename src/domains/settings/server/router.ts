import { can, router } from "@/server/trpc/procedures";
import { setLimitsInputSchema, updateSettingsInputSchema } from "../contract";
import { readHealth } from "./read-health";
import { readLimits, setLimits } from "./set-limits";
import { readSettings, updateSettings } from "./update-settings";

export const systemRouter = router({
  health: can("system.view_health").query(({ ctx }) => readHealth(ctx.verb)),
  settings: can("system.view_settings").query(({ ctx }) => readSettings(ctx.verb)),
  updateSettings: can("system.update_settings")
    .input(updateSettingsInputSchema)
    .mutation(({ ctx, input }) => updateSettings(ctx.verb, input)),
  limits: can("system.view_settings").query(({ ctx }) => readLimits(ctx.verb)),
  setLimits: can("system.manage_limits")
    .input(setLimitsInputSchema)
    .mutation(({ ctx, input }) => setLimits(ctx.verb, input)),
});
