import type { z } from "zod";
import { mapConcurrently } from "@/lib/map-concurrently";
import type { Ctx } from "@/server/context";
import type { DriftItem, driftInputSchema, ServerDrift } from "../contract";
import type { ServerGroup } from "./attachments-repository";
import { byPrecedence } from "./desired-list";
import { keyOf, type ListPlan } from "./plan-list";
import { orError, planServer, shownServers } from "./planned-list";
import { reachGroup } from "./policy";

const serversAtOnce = 4;

/** What somebody has changed in the game, on each of the group's servers within reach, and who was put there by hand. */
export async function readDrift(ctx: Ctx, input: z.output<typeof driftInputSchema>): Promise<ServerDrift[]> {
  const group = await reachGroup(ctx, input.groupId, "groups.view");
  const servers = await shownServers(ctx, group.id, input.serverId);
  return mapConcurrently(servers, serversAtOnce, async (server) => {
    const { result, error } = await orError(planServer(ctx, { ...server, type: group.type }));
    return { ...server, items: result && driftOf(group.id, result), error };
  });
}

/** Where several groups name a player, differing values are a matter of the one that decides. */
export function driftOf(
  groupId: string,
  { plan, groups }: { plan: ListPlan; groups: readonly ServerGroup[] },
): DriftItem[] {
  return plan.drift.filter(({ kind, name }) => {
    if (kind === "extra") return true;
    const naming = groups
      .filter(({ players }) => players.some((player) => keyOf(player.name) === keyOf(name)))
      .sort(byPrecedence)
      .map((group) => group.groupId);
    return kind === "missing" ? naming.includes(groupId) : naming[0] === groupId;
  });
}
