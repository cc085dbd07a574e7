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

type Person = Pick<Me, "id" | "permissions">;

/** True if this person may do this to that server at all, whatever its state. One's own console is always open. */
export function mayAct(person: Person, server: Pick<Server, "ownerId">, action: ServerAction): boolean {
  if (action === "rcon") return server.ownerId === person.id || person.permissions.includes("rcon.execute");
  const permission = permissionFor[action];
  return permission !== undefined && person.permissions.includes(permission);
}

/** True if the state allows it now and the person may. The server decides again when asked. */
export function canActNow(person: Person, server: Pick<Server, "ownerId" | "state">, action: ServerAction): boolean {
  return allowedActions[server.state].includes(action) && mayAct(person, server, action);
}
