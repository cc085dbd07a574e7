import type { Actor } from "@/server/auth/actor";
import { AppError } from "@/server/errors";
import { effectivePermissions, type Permission, permissions, rolePermissions } from "../../auth/permissions";
import type { UserRow } from "./table";

/** As much of a user as the rules ask about. */
export type Target = Pick<UserRow, "id" | "role" | "granted" | "denied">;

/** Nobody changes their own role, permissions or state, nor goes round the proof that their own password asks for. */
export function requireNotOneself(actor: Actor, target: Pick<UserRow, "id">): void {
  if (actor.kind !== "system" && actor.userId === target.id)
    throw new AppError("OWN_RIGHTS", "Nobody can change their own role, permissions or state.", {
      userId: target.id,
    });
}

/**
 * Nobody acts on a person who may do something that they themselves may not: who sets the password of another is that other
 * soon after. A token with scopes counts for what it may do itself.
 */
export function requireNotOutranked(actor: Actor, target: Target): void {
  const more = missing(actor, effectivePermissions(target.role, target.granted, target.denied));
  if (more.length > 0)
    throw new AppError("TARGET_OUTRANKS", "This person may do more than you.", {
      userId: target.id,
      permissions: more,
    });
}

/** Nobody gives what they lack. */
export function requireHeld(actor: Actor, given: Iterable<Permission>): void {
  const lacking = missing(actor, given);
  const [permission] = lacking;
  if (permission)
    throw new AppError("PERMISSION_NOT_HELD", `You cannot give ${lacking.join(", ")}: you do not hold it.`, {
      permission,
      permissions: lacking,
    });
}

/**
 * Who may let people in (`users.create`, `users.approve`) gives every newcomer the role `user` by that very permission; what an
 * account holds beyond it they must hold themselves.
 */
export function beyondNewcomer(target: Pick<Target, "role" | "granted" | "denied">): Permission[] {
  const usual: readonly Permission[] = rolePermissions.user;
  const all = effectivePermissions(target.role, target.granted, target.denied);
  return permissions.filter((name) => all.has(name) && !usual.includes(name));
}

function missing(actor: Actor, wanted: Iterable<Permission>): Permission[] {
  if (actor.kind === "system") return [];
  return [...wanted].filter((name) => !actor.permissions.has(name));
}
