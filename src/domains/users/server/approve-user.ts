import type { Ctx } from "@/server/context";
import { AppError, isAppError } from "@/server/errors";
import { endAccess } from "../../auth/server/end-access";
import { type User, type UserResult, userStateOf } from "../contract";
import { changeUser } from "./change-people";
import { readUser } from "./get-user";
import { beyondNewcomer, requireHeld, requireNotOneself } from "./policy";
import { updateUserRow } from "./repository";
import type { UserRow } from "./table";

/** Lets somebody in who waits, or who was turned down. Their open session goes on, with all the rights of their role. */
export function approveUser(ctx: Ctx, input: { userId: string }): Promise<User> {
  const spec = { action: "users.approve", permission: "users.approve", userId: input.userId } as const;
  return changeUser(ctx, spec, async ({ tx, actor, now, audit }, target) => {
    requireNotOneself(actor, target);
    if (target.isApproved) throw stateConflict(target);
    requireHeld(actor, beyondNewcomer(target));
    await updateUserRow(tx, target.id, { isApproved: true, isActive: true, updatedAt: now });
    await audit(target.id, { username: target.username, before: userStateOf(target) });
    return readUser(tx, target.id);
  });
}

/** Turns down somebody who waits. Whoever was approved once is deactivated instead. */
export function rejectUser(ctx: Ctx, input: { userId: string }): Promise<User> {
  const spec = { action: "users.reject", permission: "users.approve", userId: input.userId } as const;
  return changeUser(ctx, spec, async ({ tx, actor, now, audit }, target) => {
    requireNotOneself(actor, target);
    if (userStateOf(target) !== "waiting") throw stateConflict(target);
    await updateUserRow(tx, target.id, { isActive: false, updatedAt: now });
    await endAccess(tx, target.id, { now, reason: "deactivated" });
    await audit(target.id, { username: target.username });
    return readUser(tx, target.id);
  });
}

/** Several at once, each by itself: what is refused for one says nothing about the others. */
export async function forEachUser(
  { action, verb }: { action: string; verb: (ctx: Ctx, input: { userId: string }) => Promise<User> },
  ctx: Ctx,
  input: { userIds: readonly string[] },
): Promise<{ results: UserResult[] }> {
  const results: UserResult[] = [];
  for (const userId of new Set(input.userIds)) {
    try {
      results.push({ userId, user: await verb(ctx, { userId }), code: null });
    } catch (error) {
      if (!isAppError(error) || !ofOneUser.has(error.code)) throw error;
      await ctx.refusals.record({ actor: ctx.actor, action, thrown: error });
      results.push({ userId, user: null, code: error.code });
    }
  }
  return { results };
}

/** What is wrong with one of them; anything else is wrong with the call. */
const ofOneUser: ReadonlySet<string> = new Set([
  "USER_NOT_FOUND",
  "USER_STATE_CONFLICT",
  "OWN_RIGHTS",
  "TARGET_OUTRANKS",
  "PERMISSION_NOT_HELD",
]);

function stateConflict(target: UserRow): AppError {
  const state = userStateOf(target);
  return new AppError("USER_STATE_CONFLICT", `This account is ${state}.`, { state });
}
