import type { Ctx } from "@/server/context";
import { AppError, isAppError } from "@/server/errors";
import { isWithin, reachOf } from "../../servers/server/policy";
import type { GroupType } from "../contract";
import { listApplied } from "./applied-repository";
import { listAttachments, listServerGroups, type ServerGroup } from "./attachments-repository";
import { desiredList } from "./desired-list";
import { type ListedPlayer, type ListPlan, planList } from "./plan-list";

interface NamedServer {
  serverId: string;
  serverName: string;
}

interface Planned {
  plan: ListPlan;
  /** All groups of the type on this server. */
  groups: ServerGroup[];
  /** Who is in the list now. */
  actual: ListedPlayer[];
}

/** The group's servers within the actor's reach, or the one of them. */
export async function shownServers(ctx: Ctx, groupId: string, serverId?: string): Promise<NamedServer[]> {
  const reach = reachOf(ctx.actor);
  const shown = (await listAttachments(ctx.db, groupId)).filter(
    (entry) =>
      (!serverId || entry.serverId === serverId) &&
      isWithin(reach, { ownerId: entry.serverOwnerId, serverId: entry.serverId }),
  );
  if (serverId && shown.length === 0)
    throw new AppError("GROUP_NOT_ATTACHED", "The group is not attached to this server.", { groupId, serverId });
  return shown.map((entry) => ({ serverId: entry.serverId, serverName: entry.serverName }));
}

/** What a server's list would need at this moment, as its files have it. `change`: as if its groups were others. */
export async function planServer(
  ctx: Ctx,
  { serverId, type }: { serverId: string; type: GroupType },
  change: (groups: ServerGroup[]) => ServerGroup[] = (groups) => groups,
): Promise<Planned> {
  const tracked = ctx.supervisor.find(serverId);
  if (!tracked) throw new AppError("SERVER_NOT_FOUND", "There is no such server.", { serverId });
  const [all, applied, actual] = await Promise.all([
    listServerGroups(ctx.db, serverId),
    listApplied(ctx.db, serverId),
    ctx.groups.lists.openFiles(tracked).read(type),
  ]);
  const groups = change(all.filter((group) => group.type === type));
  const rows = applied.filter((row) => row.type === type);
  return { groups, actual, plan: planList(desiredList(groups, ctx.clock.now()), rows, actual) };
}

/** One server whose list cannot be read does not keep the others from being shown. */
export async function orError<Result>(
  work: Promise<Result>,
): Promise<{ result: Result; error: null } | { result: null; error: { code: string; message: string } }> {
  try {
    return { result: await work, error: null };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { result: null, error: { code: error.code, message: error.message } };
  }
}
