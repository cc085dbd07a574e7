import type { Actor } from "@/server/auth/actor";
import { requirePermission } from "@/server/auth/require-permission";
import type { Database, Transaction } from "@/server/db/connect";
import { AppError } from "@/server/errors";
import type { Permission } from "../../auth/permissions";
import { isWithin, mayWith, reachOf } from "../../servers/server/policy";
import { listAttachments } from "./attachments-repository";
import { findGroup, type GroupRecord } from "./repository";

type GroupPermission = Extract<Permission, `groups.${string}`>;

/** One's own groups, and everybody's for those who reach every server. */
export function isGroupWithin(actor: Actor, group: { ownerId: string }): boolean {
  return isWithin(reachOf(actor), { ownerId: group.ownerId, serverId: null });
}

/**
 * The group, if the actor holds the permission and reaches it. Templates are there for everybody to look at. What cannot be reached does
 * not exist: GROUP_NOT_FOUND.
 */
export async function reachGroup(
  ctx: { actor: Actor; db: Database | Transaction },
  groupId: string,
  permission: GroupPermission,
): Promise<GroupRecord> {
  requirePermission(ctx.actor, permission);
  return checkReach(ctx.actor, await findGroup(ctx.db, groupId), { groupId, permission });
}

/** The same for a group that was read by other means. */
export function checkReach(
  actor: Actor,
  group: GroupRecord | null,
  { groupId, permission }: { groupId: string; permission: GroupPermission },
): GroupRecord {
  if (group && isGroupWithin(actor, group)) return group;
  if (group?.isTemplate && permission === "groups.view") return group;
  if (group?.isTemplate)
    throw new AppError("PERMISSION_MISSING", "This template is somebody else's: copy it first.", { permission });
  throw new AppError(
    "GROUP_NOT_FOUND",
    "There is no such group.",
    { groupId },
    { hides: group ? { kind: "group", id: groupId } : undefined },
  );
}

/** Detaching is for a group's owner, and for whoever may change the server's groups, whosever the group is. */
export function mayDetach(
  actor: Actor,
  group: { ownerId: string },
  attached: { serverId: string; serverOwnerId: string } | null,
): boolean {
  if (isGroupWithin(actor, group)) return true;
  if (!attached) return false;
  const { serverId, serverOwnerId: ownerId } = attached;
  return isWithin(reachOf(actor), { ownerId, serverId }) && mayWith(actor, { id: serverId, ownerId }, "groups.detach");
}

/**
 * Whoever changes the players of a group changes them on its servers: all of these must be theirs to change. One that has gone out of reach
 * has to be detached first.
 */
export async function requireServersOf(
  ctx: { actor: Actor; db: Database | Transaction },
  groupId: string,
): Promise<void> {
  const reach = reachOf(ctx.actor);
  for (const { serverId, serverOwnerId: ownerId } of await listAttachments(ctx.db, groupId)) {
    const isTheirs =
      isWithin(reach, { ownerId, serverId }) && mayWith(ctx.actor, { id: serverId, ownerId }, "groups.attach");
    if (isTheirs) continue;
    throw new AppError(
      "PERMISSION_MISSING",
      "The group is attached to a server on which you may not change anything (any more). Detach it there first.",
      { permission: "groups.attach", serverId },
    );
  }
}
