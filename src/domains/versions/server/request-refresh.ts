import { requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import { recordAudit } from "../../audit/server/record-audit";
import type { RefreshResult, ServerType } from "../contract";

/** A refresh that somebody asked for; joins one that runs already. */
export async function requestRefresh(ctx: Ctx, input: { type?: ServerType } | undefined): Promise<RefreshResult[]> {
  requirePermission(ctx.actor, "servers.create");
  await recordAudit(ctx.db, ctx.actor, {
    action: "versions.refresh",
    details: input?.type ? { type: input.type } : {},
  });
  return ctx.versionRefresher.refresh(input?.type);
}
