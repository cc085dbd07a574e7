import type { Permission } from "@/domains/auth/permissions";
import { AppError } from "@/server/errors";
import type { Actor } from "./actor";

/** Throws PERMISSION_MISSING with the permission's name, NOT_APPROVED or SECOND_FACTOR_REQUIRED. mcsd's own work may do everything. */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (actor.kind === "system") return;
  requireApproval(actor);
  if (actor.permissions.has(permission)) return;
  throw new AppError("PERMISSION_MISSING", `This needs the permission ${permission}.`, { permission });
}

export function requireApproval(actor: Actor): void {
  if (actor.kind === "system") return;
  if (!actor.isApproved) throw new AppError("NOT_APPROVED", "An administrator has not approved this account yet.");
  if (actor.mustEnrol) {
    throw new AppError(
      "SECOND_FACTOR_REQUIRED",
      "Your role needs a second factor. Set one up on the account page first.",
    );
  }
}
