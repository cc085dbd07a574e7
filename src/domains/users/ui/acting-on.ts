import type { Me } from "@/domains/auth/contract";
import {
  effectivePermissions,
  type Permission,
  permissions,
  type Role,
  rolePermissions,
  roles,
} from "@/domains/auth/permissions";
import type { User } from "../contract";

type Person = Pick<Me, "id" | "permissions">;
type Target = Pick<User, "id" | "role" | "granted" | "denied">;

/** Why somebody cannot act on an account: it is their own, or its owner may do something (`permission`) that they may not. */
export type Hindrance = { kind: "self" } | { kind: "outranks"; permission: Permission };

/** What stands in the way of changing this account, whatever the permission. The server decides again. */
export function hindranceOf(me: Person, user: Target): Hindrance | null {
  if (me.id === user.id) return { kind: "self" };
  const theirs = effectivePermissions(user.role, user.granted, user.denied);
  const permission = permissions.find((name) => theirs.has(name) && !me.permissions.includes(name));
  return permission ? { kind: "outranks", permission } : null;
}

/** The roles that this person can give: none that brings what they lack. `denied` is what the receiver will not have anyway. */
export function givableRoles(me: Person, denied: readonly Permission[] = []): Role[] {
  return roles.filter((role) =>
    rolePermissions[role].every((name) => me.permissions.includes(name) || denied.includes(name)),
  );
}

/** What another role would add to and take from what this person may do. */
export function roleChange(user: Target, role: Role): { gains: number; loses: number } {
  const before = effectivePermissions(user.role, user.granted, user.denied);
  const after = effectivePermissions(role, user.granted, user.denied);
  return {
    gains: [...after].filter((name) => !before.has(name)).length,
    loses: [...before].filter((name) => !after.has(name)).length,
  };
}
