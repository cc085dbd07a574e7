import type { z } from "zod";
import type { Actor } from "@/server/auth/actor";
import { requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import type { Database, Transaction } from "@/server/db/connect";
import { isWithin, reachOf, reachServer } from "../../servers/server/policy";
import type { Group, GroupSummary, listGroupsInputSchema } from "../contract";
import { listAttachments } from "./attachments-repository";
import { isGroupWithin, reachGroup } from "./policy";
import { type GroupRecord, listGroupPlayers, listGroupSummaries } from "./repository";

/** One's own groups (everybody's for those who reach every server) and templates; or, of a server within reach, all that reach it. */
export async function listGroups(ctx: Ctx, input: z.output<typeof listGroupsInputSchema>): Promise<GroupSummary[]> {
  requirePermission(ctx.actor, "groups.view");
  if (input?.serverId) await reachServer(ctx, input.serverId, "servers.view");
  const reach = reachOf(ctx.actor);
  return listGroupSummaries(ctx.db, { ownerId: reach?.ownerId ?? null, ...input });
}

export async function getGroup(ctx: Ctx, input: { groupId: string }): Promise<Group> {
  return presentGroup(ctx, await reachGroup(ctx, input.groupId, "groups.view"));
}

/** As this person sees it: of servers out of reach only how many there are, and none of somebody else's template. */
export async function presentGroup(
  { actor, db }: { actor: Actor; db: Database | Transaction },
  group: GroupRecord,
): Promise<Group> {
  const [players, attachments] = await Promise.all([listGroupPlayers(db, group.id), listAttachments(db, group.id)]);
  const isTheirs = isGroupWithin(actor, group);
  const reach = reachOf(actor);
  const shown = attachments.filter(({ serverId, serverOwnerId }) =>
    isWithin(reach, { ownerId: serverOwnerId, serverId }),
  );
  return {
    ...group,
    playerCount: players.length,
    players,
    servers: shown.map(({ serverOwnerId: _, ...attachment }) => attachment),
    hiddenServers: isTheirs ? attachments.length - shown.length : 0,
  };
}
