import type { Actor } from "@/server/auth/actor";
import type { ScopedEvent } from "@/server/event-bus";
import type { ServerEvent } from "../contract";
import { isWithin, mayWith, type Reach } from "./policy";

/** Whether an event of the bus is for this subscriber. */
export function isVisible(actor: Actor, reach: Reach, { ownerId, permission, userId, event }: ScopedEvent): boolean {
  if (userId !== undefined) return actor.kind !== "system" && actor.userId === userId;
  if (permission !== undefined) return actor.kind === "system" || actor.permissions.has(permission);
  if (event.kind === "hello" || event.kind === "lagged") return true;
  if (event.kind === "files" && !mayWith(actor, { id: event.serverId, ownerId: ownerId ?? "" }, "files.view"))
    return false;
  return isWithin(reach, { ownerId, serverId: serverIdOf(event) });
}

function serverIdOf(event: ServerEvent): string | null {
  if (event.kind === "server") return event.server.id;
  if (event.kind === "job") return event.job.serverId;
  return "serverId" in event ? event.serverId : null;
}
