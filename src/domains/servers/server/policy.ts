import type { Actor } from "@/server/auth/actor";
import { requireApproval, requirePermission } from "@/server/auth/require-permission";
import type { Database, Transaction } from "@/server/db/connect";
import { AppError } from "@/server/errors";
import type { Permission } from "../../auth/permissions";
import type { CausedBy } from "../contract";
import { findServerRecord, type ServerRecord } from "./repository";

/** Which servers somebody reaches. Null: every one; else those that they own and those that are shared with them. */
export type Reach = { readonly ownerId: string; readonly serverIds: readonly string[] } | null;

export function reachOf(actor: Actor): Reach {
  if (actor.kind === "system" || actor.permissions.has("servers.view_all")) return null;
  return { ownerId: actor.userId, serverIds: [...actor.shared.keys()] };
}

/** Whether somebody may follow events at all; which ones, their reach says. */
export function maySubscribe(actor: Actor): boolean {
  return actor.kind === "system" || (actor.isApproved && !actor.mustEnrol && actor.permissions.has("servers.view"));
}

/** Whether something about a server, known by its owner and id, is within reach. */
export function isWithin(reach: Reach, server: { ownerId: string | null; serverId: string | null }): boolean {
  if (reach === null || reach.ownerId === server.ownerId) return true;
  return server.serverId !== null && reach.serverIds.includes(server.serverId);
}

/**
 * Whether the actor may do this with this server, which they reach. With one's own server: what one may do at all; with a
 * shared one: what is shared, unless it is denied altogether. The console's command line asks nothing of an owner.
 */
export function mayWith(actor: Actor, server: { id: string; ownerId: string }, permission: Permission): boolean {
  if (actor.kind === "system") return true;
  if (permission === "rcon.execute") return mayCommand(actor, server);
  if (!actor.permissions.has(permission)) return false;
  if (actor.userId === server.ownerId || actor.permissions.has("servers.view_all")) return true;
  const shared = actor.shared.get(server.id);
  return shared !== undefined && (permission === "servers.view" || shared.has(permission));
}

/** A token with scopes needs `rcon.execute` among them, whosever the server is. */
function mayCommand(actor: Exclude<Actor, { kind: "system" }>, server: { id: string; ownerId: string }): boolean {
  if (actor.kind === "token" && actor.scopes && !actor.scopes.includes("rcon.execute")) return false;
  if (actor.userId === server.ownerId || actor.shared.get(server.id)?.has("rcon.execute")) return true;
  return actor.permissions.has("rcon.execute");
}

/**
 * The server, if the actor holds the permission and reaches it. What cannot be reached does not exist: SERVER_NOT_FOUND,
 * with the same words for "no such" and "not yours".
 */
export async function reachServer(
  ctx: { actor: Actor; db: Database | Transaction },
  serverId: string,
  permission: Permission,
): Promise<ServerRecord> {
  if (permission === "rcon.execute") requireConsole(ctx.actor);
  else requirePermission(ctx.actor, permission);
  const record = await findServerRecord(ctx.db, serverId);
  if (!record || !isWithin(reachOf(ctx.actor), { ownerId: record.ownerId, serverId }))
    throw new AppError(
      "SERVER_NOT_FOUND",
      "There is no such server.",
      { serverId },
      { hides: record ? { kind: "server", id: serverId } : undefined },
    );
  if (mayWith(ctx.actor, record, permission)) return record;
  throw new AppError("PERMISSION_MISSING", `This needs the permission ${permission} on this server.`, { permission });
}

/** Commands on one's own server need no permission; on other people's `rcon.execute`, of one's own or shared with the server. */
export function reachConsole(ctx: { actor: Actor; db: Database }, serverId: string): Promise<ServerRecord> {
  return reachServer(ctx, serverId, "rcon.execute");
}

/** Whether there is a server yet to be looked for at all. */
function requireConsole(actor: Actor): void {
  requireApproval(actor);
  if (actor.kind === "token" && actor.scopes && !actor.scopes.includes("rcon.execute"))
    requirePermission(actor, "rcon.execute");
  requirePermission(actor, "servers.view");
}

export function causedBy(actor: Actor): CausedBy {
  return actor.kind === "system" ? { kind: "system", name: actor.name } : { kind: actor.kind, name: actor.username };
}
