import { type Permission, permissions, type Role, rolePermissions, roles } from "@/domains/auth/permissions";
import type { User } from "../../contract";

type Person = Pick<User, "id" | "username" | "role" | "granted" | "denied">;

/** What the matrix shows of one person and one permission. */
export type Cell = "yes" | "no" | "granted" | "denied";

export function cellOf(person: Pick<Person, "role" | "granted" | "denied">, permission: Permission): Cell {
  const isInRole = rolePermissions[person.role].includes(permission);
  if (person.denied.includes(permission)) return isInRole ? "denied" : "no";
  if (isInRole) return "yes";
  return person.granted.includes(permission) ? "granted" : "no";
}

/** Those who may do something else than their role says. */
export function whoDiffers<Someone extends Person>(people: readonly Someone[]): Someone[] {
  return people.filter((person) => permissions.some((name) => ["granted", "denied"].includes(cellOf(person, name))));
}

export interface WhoCan<Someone> {
  /** Roles that bring it. */
  roles: Role[];
  granted: Someone[];
  denied: Someone[];
}

/** Who can do one thing: everybody of these roles but the denied ones, and those to whom it is granted. */
export function whoCan<Someone extends Person>(people: readonly Someone[], permission: Permission): WhoCan<Someone> {
  return {
    roles: roles.filter((role) => rolePermissions[role].includes(permission)),
    granted: people.filter((person) => cellOf(person, permission) === "granted"),
    denied: people.filter((person) => cellOf(person, permission) === "denied"),
  };
}
