import type { z } from "zod";
import { requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../audit/server/record-audit";
import { refreshActor } from "../../auth/server/refresh-actor";
import { reachServer } from "../../servers/server/policy";
import type { attachGroupInputSchema, Group } from "../contract";
import { deleteAttachment, listAttachments, markPending, putAttachment } from "./attachments-repository";
import { changeGroup, showGroup, tellChange } from "./change-group";
import { mayDetach } from "./policy";
import { lockGroup } from "./repository";

/** Attaches a group to a server, or changes its priority there. Both must be within reach. */
export async function attachGroup(ctx: Ctx, input: z.output<typeof attachGroupInputSchema>): Promise<Group> {
  const { groupId, serverId, priority } = input;
  const { group, serverIds } = await changeGroup(ctx, groupId, "groups.attach", async ({ tx, actor, group }) => {
    const server = await reachServer({ actor, db: tx }, serverId, "groups.attach");
    await putAttachment(tx, { groupId, serverId, priority, attachedAt: ctx.clock.now() });
    await recordAudit(tx, actor, {
      action: "groups.attach",
      target: { kind: "group", id: groupId },
      details: { name: group.name, serverId, server: server.name, priority: priority ?? null },
    });
    return { group, serverIds: [serverId] };
  });
  tellChange(ctx, group, serverIds);
  return showGroup(ctx, groupId);
}

/** Takes a group off a server: its owner may, and whoever may change the server's groups, whosever the group is. */
export async function detachGroup(
  ctx: Ctx,
  { groupId, serverId }: { groupId: string; serverId: string },
): Promise<{ groupId: string; serverId: string }> {
  requirePermission(ctx.actor, "groups.detach");
  const group = await ctx.db.transaction(async (tx) => {
    const locked = await lockGroup(tx, groupId);
    const actor = await refreshActor(tx, ctx.actor);
    requirePermission(actor, "groups.detach");
    const attached = (await listAttachments(tx, groupId)).find((entry) => entry.serverId === serverId);
    if (!locked || !mayDetach(actor, locked, attached ?? null))
      throw new AppError("GROUP_NOT_FOUND", "There is no such group.", { groupId });
    if (!(await deleteAttachment(tx, groupId, serverId)))
      throw new AppError("GROUP_NOT_ATTACHED", "The group is not attached to this server.", { groupId, serverId });
    await recordAudit(tx, actor, {
      action: "groups.detach",
      target: { kind: "group", id: groupId },
      details: { name: locked.name, serverId, server: attached?.serverName ?? null },
    });
    return locked;
  });
  tellChange(ctx, group, [serverId]);
  return { groupId, serverId };
}

/** Tries once more on the group's servers, or on one of them. With `wait` until each has been tried. */
export async function syncGroup(
  ctx: Ctx,
  input: { groupId: string; serverId?: string; wait?: boolean },
): Promise<Group> {
  const { groupId, serverId } = input;
  const { group, serverIds } = await changeGroup(ctx, groupId, "groups.update", async ({ tx, group }) => ({
    group,
    serverIds: await markPending(tx, groupId, serverId),
  }));
  if (serverId && serverIds.length === 0)
    throw new AppError("GROUP_NOT_ATTACHED", "The group is not attached to this server.", { groupId, serverId });
  tellChange(ctx, group, serverIds);
  if (input.wait) await Promise.all(serverIds.map((id) => ctx.groups.sync.settled(id)));
  return showGroup(ctx, groupId);
}
