import { requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import { effectivePermissions, type Permission, permissions, rolePermissions } from "../../auth/permissions";
import { voidResetLinks } from "../../auth/server/end-access";
import type { PermissionSource, User } from "../contract";
import { changeUser, requireAdministratorBeside, userNotFound } from "./change-people";
import { readUser } from "./get-user";
import { requireHeld, requireNotOneself, requireNotOutranked } from "./policy";
import { findUserRecord, updateUserRow } from "./repository";

interface Input {
  userId: string;
  permission: Permission;
}

/** All permissions in their order, each with where it comes from. */
export async function listUserPermissions(ctx: Ctx, input: { userId: string }): Promise<PermissionSource[]> {
  requirePermission(ctx.actor, "users.view");
  const user = await findUserRecord(ctx.db, input.userId);
  if (!user) throw userNotFound(input.userId);
  const effective = effectivePermissions(user.role, user.granted, user.denied);
  return permissions.map((permission) => ({
    permission,
    role: rolePermissions[user.role].includes(permission),
    granted: user.granted.includes(permission),
    denied: user.denied.includes(permission),
    effective: effective.has(permission),
  }));
}

/** Gives what the role does not. A denial is lifted by it: one name is never both. */
export function grantPermission(ctx: Ctx, input: Input): Promise<User> {
  return change(ctx, "users.grantPermission", input, ({ granted, denied }) => ({
    granted: [...without(granted, input.permission), input.permission],
    denied: without(denied, input.permission),
  }));
}

/** Takes what the role or a grant gives, and what a server is shared with. */
export function denyPermission(ctx: Ctx, input: Input): Promise<User> {
  return change(ctx, "users.denyPermission", input, ({ granted, denied }) => ({
    granted: without(granted, input.permission),
    denied: [...without(denied, input.permission), input.permission],
  }));
}

/** Back to what the role says. */
export function clearPermission(ctx: Ctx, input: Input): Promise<User> {
  return change(ctx, "users.clearPermission", input, ({ granted, denied }) => ({
    granted: without(granted, input.permission),
    denied: without(denied, input.permission),
  }));
}

interface Rights {
  granted: Permission[];
  denied: Permission[];
}

/** To give, to lift a denial and to take a grant back needs `users.grant_permission`; to deny, `users.deny_permission`. */
function change(ctx: Ctx, action: string, { userId, permission }: Input, next: (now: Rights) => Rights): Promise<User> {
  const first = action === "users.denyPermission" ? "users.deny_permission" : "users.grant_permission";
  return changeUser(ctx, { action, permission: first, userId }, async ({ tx, actor, now, audit }, target) => {
    requireNotOneself(actor, target);
    requireNotOutranked(actor, target);
    const before = effectivePermissions(target.role, target.granted, target.denied);
    const rights = next(target);
    const gives = effectivePermissions(target.role, rights.granted, rights.denied).has(permission);
    if (gives) requireHeld(actor, [permission]);
    if (!gives && before.has(permission)) await requireAdministratorBeside(tx, target);
    await updateUserRow(tx, userId, { ...rights, updatedAt: now });
    await audit(userId, { username: target.username, permission, before: before.has(permission), after: gives });
    if (gives && !before.has(permission)) await voidResetLinks(tx, userId, now);
    return readUser(tx, userId);
  });
}

function without(names: readonly Permission[], name: Permission): Permission[] {
  return names.filter((other) => other !== name);
}
