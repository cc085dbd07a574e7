import type { Actor } from "@/server/auth/actor";
import { requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import type { Transaction } from "@/server/db/connect";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../audit/server/record-audit";
import { refreshActor } from "../../auth/server/refresh-actor";
import type { TimelineEntry } from "../contract";
import { lockServer } from "./members-repository";
import { causedBy, reachServer } from "./policy";
import { insertTimeline, type ServerRecord } from "./repository";

export interface HeldServer {
  /** With the rights of this instant. */
  actor: Actor;
  record: ServerRecord;
}

/** The server, whose owner stays who it is until the transaction ends, for an actor who sees it. */
export async function holdServer(ctx: Ctx, tx: Transaction, serverId: string): Promise<HeldServer> {
  const isThere = await lockServer(tx, serverId);
  const actor = await refreshActor(tx, ctx.actor);
  const record = isThere ? await reachServer({ actor, db: tx }, serverId, "servers.view") : null;
  if (!record) throw new AppError("SERVER_NOT_FOUND", "There is no such server.", { serverId });
  return { actor, record };
}

/** The owner manages, and whoever reaches everybody's servers and may change them; a member with `servers.update` does not. */
export function requireManager(actor: Actor, record: { ownerId: string }): void {
  requirePermission(actor, "servers.update");
  if (actor.kind !== "system" && actor.userId !== record.ownerId) requirePermission(actor, "servers.view_all");
}

export interface MemberChange {
  kind: "shared" | "unshared";
  userId: string;
  username: string;
  details: Record<string, unknown>;
}

/** Writes the change into the audit log and the server's timeline. */
export async function recordMemberChange(
  tx: Transaction,
  { actor, record }: HeldServer,
  { kind, userId, username, details }: MemberChange,
): Promise<TimelineEntry> {
  await recordAudit(tx, actor, {
    action: kind === "shared" ? "servers.setMember" : "servers.removeMember",
    target: { kind: "server", id: record.id },
    details: { name: record.name, userId, username, ...details },
  });
  return insertTimeline(tx, { serverId: record.id, kind, by: causedBy(actor), detail: { username, ...details } });
}

/**
 * After the commit: who sees the server hears of it, and the person's open pages read everything anew at once. Streams that
 * they may not follow any more end within seconds.
 */
export function publishMemberChange(ctx: Ctx, record: ServerRecord, userId: string, entry: TimelineEntry): void {
  const { id: serverId, ownerId } = record;
  ctx.events.publish({ ownerId, event: { kind: "timeline", serverId, entry } });
  if (entry.kind === "unshared") ctx.events.publish({ ownerId: null, userId, event: { kind: "removed", serverId } });
  ctx.events.publish({ ownerId: null, userId, event: { kind: "lagged" } });
}
