import { requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import type { ContainerView } from "../../launch/contract";
import type { Server, ServerState } from "../contract";
import { reachOf, reachServer } from "./policy";
import { listServerRecords } from "./repository";

/** Every server that the actor reaches, by name. */
export async function listServers(
  ctx: Ctx,
  input: { search?: string; state?: ServerState; tag?: string } = {},
): Promise<Server[]> {
  requirePermission(ctx.actor, "servers.view");
  const records = await listServerRecords(ctx.db, reachOf(ctx.actor));
  const wanted = input.search?.toLowerCase();
  return records
    .map((record) => ctx.supervisor.view(record))
    .filter((server) => !input.state || server.state === input.state)
    .filter((server) => !input.tag || server.tags.includes(input.tag))
    .filter(
      (server) =>
        !wanted ||
        [server.name, server.slug, server.version, ...server.tags].some((text) => text.toLowerCase().includes(wanted)),
    );
}

export async function getServer(ctx: Ctx, input: { serverId: string }): Promise<Server> {
  return ctx.supervisor.view(await reachServer(ctx, input.serverId, "servers.view"));
}

/** The container of a server of a Docker kind; null for other kinds, and before its first start. */
export async function getContainer(ctx: Ctx, input: { serverId: string }): Promise<ContainerView | null> {
  const { id, launchKind } = await reachServer(ctx, input.serverId, "servers.view");
  return (await ctx.strategies[launchKind].describe?.(id)) ?? null;
}
