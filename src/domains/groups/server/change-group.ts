import type { Ctx } from "@/server/context";
import type { Transaction } from "@/server/db/connect";
import { AppError } from "@/server/errors";
import { refreshActor } from "../../auth/server/refresh-actor";
import { type GroupPlayerInput, type GroupType, maxGroupPlayers } from "../contract";
import { checkReach, reachGroup } from "./policy";
import { presentGroup } from "./read-groups";
import { findGroup, type GroupRecord, lockGroup, type NewGroupPlayer } from "./repository";

type Permission = Parameters<typeof reachGroup>[2];

export interface GroupChange {
  tx: Transaction;
  /** With the rights of this instant. */
  actor: Ctx["actor"];
  group: GroupRecord;
}

/** Holds the group in a transaction for a change by somebody who may make it, now and not only when the call came in. */
export async function changeGroup<Result>(
  ctx: Ctx,
  groupId: string,
  permission: Permission,
  change: (held: GroupChange) => Promise<Result>,
): Promise<Result> {
  await reachGroup(ctx, groupId, permission);
  return ctx.db.transaction(async (tx) => {
    const locked = await lockGroup(tx, groupId);
    const actor = await refreshActor(tx, ctx.actor);
    return change({ tx, actor, group: checkReach(actor, locked, { groupId, permission }) });
  });
}

/** After the commit: pages follow, and the servers get to work. */
export function tellChange(ctx: Ctx, group: { id: string; ownerId: string }, serverIds: readonly string[] = []): void {
  ctx.events.publish({ ownerId: group.ownerId, event: { kind: "groups", groupId: group.id, serverId: null } });
  for (const serverId of serverIds) {
    const ownerId = ctx.supervisor.find(serverId)?.record.ownerId ?? null;
    if (ownerId !== group.ownerId)
      ctx.events.publish({ ownerId, event: { kind: "groups", groupId: group.id, serverId } });
    ctx.groups.sync.wake(serverId);
  }
  ctx.groups.sync.banEndsChanged();
}

/** The group as it stands after the change. */
export async function showGroup(ctx: Ctx, groupId: string) {
  const group = await findGroup(ctx.db, groupId);
  if (!group) throw new AppError("GROUP_NOT_FOUND", "There is no such group.", { groupId });
  return presentGroup(ctx, group);
}

/** Rows for players; only operators have a level, and only bans a reason and an end. */
export function toNewPlayers(ctx: Ctx, type: GroupType, players: readonly GroupPlayerInput[]): NewGroupPlayer[] {
  const addedBy = ctx.actor.kind === "system" ? ctx.actor.name : ctx.actor.username;
  const addedAt = ctx.clock.now();
  return players.map(({ name, uuid = null, level = null, reason = null, expiresAt = null }, index) => {
    if (type !== "op" && level !== null) throw misplaced(index, "level");
    if (type !== "ban" && reason !== null) throw misplaced(index, "reason");
    if (type !== "ban" && expiresAt !== null) throw misplaced(index, "expiresAt");
    return { name, uuid, level, reason, expiresAt, addedBy, addedAt };
  });
}

function misplaced(index: number, field: string): AppError {
  return new AppError("VALIDATION_FAILED", `A group of this type has no ${field}.`, {
    issues: [{ path: ["players", index, field], code: "misplaced", message: "misplaced" }],
  });
}

export function requireRoomFor(players: number): void {
  if (players <= maxGroupPlayers) return;
  throw new AppError("LIMIT_EXCEEDED", `A group holds at most ${maxGroupPlayers} players.`, {
    limit: maxGroupPlayers,
    wanted: players,
  });
}

/** The unique index is the judge of simultaneous claims to one name. */
export function explainTakenName(error: unknown, name: string): unknown {
  const cause = (error as { cause?: { code?: string; constraint_name?: string } }).cause;
  if (cause?.code !== "23505" || cause.constraint_name !== "groups_name") return error;
  return new AppError("GROUP_NAME_TAKEN", `There is a group named ${name} already.`, { name });
}
