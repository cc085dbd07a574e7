import { mapConcurrently } from "@/lib/map-concurrently";
import { requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import type { RemovalPreview } from "../contract";
import { listAttachments } from "./attachments-repository";
import { keyOf } from "./plan-list";
import { orError, planServer, shownServers } from "./planned-list";
import { mayDetach, reachGroup } from "./policy";
import { findGroup, type GroupRecord, listGroupPlayers } from "./repository";

const serversAtOnce = 4;

/** What detaching a group from a server would change there, for whoever may detach it. */
export async function previewDetach(
  ctx: Ctx,
  { groupId, serverId }: { groupId: string; serverId: string },
): Promise<RemovalPreview> {
  requirePermission(ctx.actor, "groups.detach");
  const [group, attachments] = await Promise.all([findGroup(ctx.db, groupId), listAttachments(ctx.db, groupId)]);
  const attached = attachments.find((entry) => entry.serverId === serverId) ?? null;
  if (!group || !mayDetach(ctx.actor, group, attached))
    throw new AppError("GROUP_NOT_FOUND", "There is no such group.", { groupId });
  const [preview] = await previewOn(ctx, group, await shownServers(ctx, groupId, serverId));
  if (!preview) throw new AppError("GROUP_NOT_ATTACHED", "The group is not attached there.", { groupId, serverId });
  return preview;
}

/** What deleting a group would change, on each of its servers within reach. */
export async function previewDelete(ctx: Ctx, { groupId }: { groupId: string }): Promise<RemovalPreview[]> {
  const group = await reachGroup(ctx, groupId, "groups.delete");
  return previewOn(ctx, group, await shownServers(ctx, groupId));
}

async function previewOn(
  ctx: Ctx,
  group: GroupRecord,
  servers: readonly { serverId: string; serverName: string }[],
): Promise<RemovalPreview[]> {
  const players = await listGroupPlayers(ctx.db, group.id);
  return mapConcurrently(servers, serversAtOnce, async (server) => {
    const planned = planServer(ctx, { ...server, type: group.type }, (groups) =>
      groups.filter(({ groupId }) => groupId !== group.id),
    );
    const { result, error } = await orError(planned);
    const remove = (result?.plan.remove ?? []).map(({ player }) => player.name);
    const gone = new Set(remove.map(keyOf));
    const there = new Set(result?.actual.map(({ name }) => keyOf(name)));
    return {
      ...server,
      remove,
      change: (result?.plan.change ?? []).map(({ name }) => name),
      stay: players.map(({ name }) => name).filter((name) => there.has(keyOf(name)) && !gone.has(keyOf(name))),
      error,
    };
  });
}
