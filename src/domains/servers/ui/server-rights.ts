import type { Me } from "@/domains/auth/contract";
import type { Permission } from "@/domains/auth/permissions";
import { allowedActions, type Server, type ServerAction } from "../contract";

const permissionFor: Readonly<Partial<Record<ServerAction, Permission>>> = {
  start: "servers.start",
  stop: "servers.stop",
  forceStop: "servers.stop",
  restart: "servers.restart",
  kill: "servers.stop",
  update: "servers.update",
  delete: "servers.delete",
};

type Person = Pick<Me, "id" | "permissions" | "sharedServers">;

/**
 * True if this person may do this with that server, as far as the page knows: one's own, everybody's with `servers.view_all`, or
 * what is shared. One's own console is always open.
 */
export function mayWith(person: Person, server: Pick<Server, "id" | "ownerId">, permission: Permission): boolean {
  const shared = person.sharedServers[server.id]?.includes(permission) ?? false;
  const isOwn = server.ownerId === person.id;
  if (permission === "rcon.execute") return isOwn || shared || person.permissions.includes(permission);
  if (!person.permissions.includes(permission)) return false;
  return isOwn || shared || person.permissions.includes("servers.view_all");
}

/** True if this person may do this to that server at all, whatever its state. */
export function mayAct(person: Person, server: Pick<Server, "id" | "ownerId">, action: ServerAction): boolean {
  const permission = action === "rcon" ? "rcon.execute" : permissionFor[action];
  return permission !== undefined && mayWith(person, server, permission);
}

/** True if the state allows it now and the person may. The server decides again when asked. */
export function canActNow(
  person: Person,
  server: Pick<Server, "id" | "ownerId" | "state">,
  action: ServerAction,
): boolean {
  return allowedActions[server.state].includes(action) && mayAct(person, server, action);
}

/** True if this person may share that server: its owner, or whoever reaches everybody's servers and may change them. */
export function canManageMembers(person: Person, server: Pick<Server, "ownerId">): boolean {
  if (!person.permissions.includes("servers.update")) return false;
  return server.ownerId === person.id || person.permissions.includes("servers.view_all");
}
