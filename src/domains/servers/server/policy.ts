import type { Actor } from "@/server/auth/actor";
import { requirePermission } from "@/server/auth/require-permission";
import type { Database } from "@/server/db/connect";
import { AppError } from "@/server/errors";
import type { Permission } from "../../auth/permissions";
import type { CausedBy } from "../contract";
import { findServerRecord, type ServerRecord } from "./repository";

/** Null: the actor reaches every server. Otherwise only those of this owner. */
export function reachOf(actor: Actor): string | null {
  return actor.kind === "system" || actor.permissions.has("servers.view_all") ? null : actor.userId;
}

/**
 * The server, if the actor holds the permission and reaches it. What cannot be reached does not exist: SERVER_NOT_FOUND,
 * with the same words for "no such" and "not yours".
 */
export async function reachServer(
  ctx: { actor: Actor; db: Database },
  serverId: string,
  permission: Permission,
): Promise<ServerRecord> {
  requirePermission(ctx.actor, permission);
  const record = await findServerRecord(ctx.db, serverId);
  const owner = reachOf(ctx.actor);
  if (record && (owner === null || record.ownerId === owner)) return record;
  throw new AppError("SERVER_NOT_FOUND", "There is no such server.", { serverId });
}

/** Commands on one's own server need no permission; on other people's `rcon.execute`. A token with scopes needs that one always. */
export async function reachConsole(ctx: { actor: Actor; db: Database }, serverId: string): Promise<ServerRecord> {
  const { actor } = ctx;
  if (actor.kind === "token" && actor.scopes && !actor.scopes.includes("rcon.execute")) {
    requirePermission(actor, "rcon.execute");
  }
  const record = await reachServer(ctx, serverId, "servers.view");
  const isOwn = ctx.actor.kind !== "system" && record.ownerId === ctx.actor.userId;
  if (!isOwn) requirePermission(ctx.actor, "rcon.execute");
  return record;
}

export function causedBy(actor: Actor): CausedBy {
  return actor.kind === "system" ? { kind: "system", name: actor.name } : { kind: actor.kind, name: actor.username };
}
