import { requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { holdServer, publishMemberChange, recordMemberChange, requireManager } from "./change-members";
import { deleteMember, findMemberRow } from "./members-repository";

/** Ends the sharing of a server with somebody. Members may leave by themselves; a token that may only look may not do it for them. */
export async function removeMember(
  ctx: Ctx,
  input: { serverId: string; userId: string },
): Promise<{ serverId: string; userId: string }> {
  const { serverId, userId } = input;
  const { record, entry } = await ctx.db.transaction(async (tx) => {
    const held = await holdServer(ctx, tx, serverId);
    const { actor, record } = held;
    const isNarrow = actor.kind === "token" && actor.scopes !== null;
    if (isNarrow) requirePermission(actor, "servers.update");
    if (actor.kind === "system" || actor.userId !== userId) requireManager(actor, record);
    const member = await findMemberRow(tx, serverId, userId);
    if (!member) throw new AppError("MEMBER_NOT_FOUND", "The server is not shared with this user.", { userId });
    await deleteMember(tx, serverId, userId);
    const details = { before: member.permissions };
    const change = { kind: "unshared", userId, username: member.username, details } as const;
    return { record, entry: await recordMemberChange(tx, held, change) };
  });
  publishMemberChange(ctx, record, userId, entry);
  return { serverId, userId };
}
