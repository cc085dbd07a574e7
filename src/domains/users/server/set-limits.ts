import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { limitNames, noLimits, type User, type UserLimits } from "../contract";
import { changeUser } from "./change-people";
import { readUser } from "./get-user";
import { requireNotOutranked } from "./policy";
import { updateUserRow } from "./repository";

/** The user layer of the limits. What is left out stays; what is there already and too much stays too, nothing is taken away. */
export function setLimits(ctx: Ctx, input: { userId: string; limits: Partial<UserLimits> }): Promise<User> {
  const { userId } = input;
  const spec = { action: "users.setLimits", permission: "system.manage_limits", userId } as const;
  return changeUser(ctx, spec, async ({ tx, actor, now, audit }, target) => {
    requireNotOutranked(actor, target);
    const before = { ...noLimits, ...target.limits };
    const limits = { ...before, ...input.limits };
    requireOrder(limits);
    const changed = limitNames.filter((name) => limits[name] !== before[name]);
    if (changed.length === 0) return readUser(tx, userId);
    await updateUserRow(tx, userId, { limits, updatedAt: now });
    const changes = Object.fromEntries(changed.map((name) => [name, { from: before[name], to: limits[name] }]));
    await audit(userId, { username: target.username, changes });
    return readUser(tx, userId);
  });
}

function requireOrder({ minBackupIntervalHours: min, maxBackupIntervalHours: max }: UserLimits): void {
  if (min === null || max === null || min <= max) return;
  throw new AppError("VALIDATION_FAILED", "The shortest interval between backups is longer than the longest.", {
    issues: [{ path: ["limits", "minBackupIntervalHours"], code: "too_big", message: "too_big", limit: max }],
  });
}
