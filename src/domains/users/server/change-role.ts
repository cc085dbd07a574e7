import type { Ctx } from "@/server/context";
import { effectivePermissions, type Role } from "../../auth/permissions";
import { endAccess } from "../../auth/server/end-access";
import type { User } from "../contract";
import { changeUser, requireAdministratorBeside } from "./change-people";
import { readUser } from "./get-user";
import { requireHeld, requireNotOneself, requireNotOutranked } from "./policy";
import { updateUserRow } from "./repository";

/** Gives another role; the person signs in anew. Grants and denials stay. */
export function changeRole(ctx: Ctx, input: { userId: string; role: Role }): Promise<User> {
  const { userId, role } = input;
  const spec = { action: "users.changeRole", permission: "users.change_role", userId } as const;
  return changeUser(ctx, spec, async ({ tx, actor, now, audit }, target) => {
    requireNotOneself(actor, target);
    requireNotOutranked(actor, target);
    requireHeld(actor, effectivePermissions(role, [], target.denied));
    if (role === target.role) return readUser(tx, userId);
    if (role !== "admin") await requireAdministratorBeside(tx, target);
    await updateUserRow(tx, userId, { role, updatedAt: now });
    await endAccess(tx, userId, { now, reason: "role" });
    await audit(userId, { username: target.username, from: target.role, to: role });
    return readUser(tx, userId);
  });
}
