import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../audit/server/record-audit";
import type { Me } from "../contract";
import { permissions } from "../permissions";
import { countRecoveryCodes, findUserById, updatePreferences } from "./repository";

/** The person behind the call, with what they may do at this moment. */
export async function readMe(ctx: Ctx): Promise<Me> {
  const { actor } = ctx;
  if (actor.kind === "system") throw new AppError("SIGN_IN_REQUIRED", "Sign in first.");
  const user = await findUserById(ctx.db, actor.userId);
  if (!user) throw new AppError("SIGN_IN_REQUIRED", "Sign in first.");
  return {
    id: user.id,
    username: user.username,
    role: user.role,
    isApproved: user.isApproved,
    createdAt: user.createdAt,
    locale: user.locale,
    theme: user.theme,
    timeZone: user.timeZone,
    permissions: permissions.filter((name) => actor.permissions.has(name)),
    sharedServers: Object.fromEntries([...actor.shared].map(([serverId, names]) => [serverId, [...names]])),
    hasTotp: user.hasTotp,
    hasPasskey: user.hasPasskey,
    recoveryCodesLeft: user.hasTotp ? await countRecoveryCodes(ctx.db, user.id) : 0,
    mustEnrol: actor.mustEnrol,
  };
}

/** Language, theme and time zone, kept with the account. */
export async function setPreferences(ctx: Ctx, input: Partial<Pick<Me, "locale" | "theme" | "timeZone">>): Promise<Me> {
  const { actor } = ctx;
  const fields = Object.keys(input);
  if (actor.kind !== "system" && fields.length > 0) {
    await ctx.db.transaction(async (tx) => {
      await updatePreferences(tx, actor.userId, input);
      const target = { kind: "user", id: actor.userId };
      await recordAudit(tx, actor, { action: "auth.setPreferences", target, details: { fields } });
    });
  }
  return readMe(ctx);
}
