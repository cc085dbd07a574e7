import type { Ctx } from "@/server/context";
import { endAccess } from "../../auth/server/end-access";
import { followOwner } from "../../servers/server/follow-owner";
import { type User, userStateOf } from "../contract";
import { changeUser, requireAdministratorBeside } from "./change-people";
import { explainTakenName } from "./explain-taken-name";
import { readUser } from "./get-user";
import { requireNotOneself, requireNotOutranked } from "./policy";
import { updateUserRow } from "./repository";

/**
 * Renames, deactivates or lets in again. Deactivating ends all that is open of the person, and nothing of their servers:
 * those run on, players do not notice. What a schedule of theirs does, it asks their permission for when it fires.
 */
export async function updateUser(
  ctx: Ctx,
  input: { userId: string; username?: string; isActive?: boolean },
): Promise<User> {
  const { userId } = input;
  const spec = { action: "users.update", permission: "users.update", userId } as const;
  try {
    const user = await changeUser(ctx, spec, async ({ tx, actor, now, audit }, target) => {
      const username = input.username ?? target.username;
      const isActive = input.isActive ?? target.isActive;
      if (isActive !== target.isActive) requireNotOneself(actor, target);
      requireNotOutranked(actor, target);
      if (username === target.username && isActive === target.isActive) return readUser(tx, userId);
      if (!isActive && target.isActive) {
        await requireAdministratorBeside(tx, target);
        await endAccess(tx, userId, { now, reason: "deactivated" });
      }
      await updateUserRow(tx, userId, { username, isActive, updatedAt: now });
      await audit(userId, {
        username: target.username,
        ...(username === target.username ? {} : { newName: username }),
        ...(isActive === target.isActive ? {} : { before: userStateOf(target), isActive }),
      });
      return readUser(tx, userId);
    });
    if (input.username !== undefined) await followOwner(ctx, userId);
    return user;
  } catch (error) {
    throw explainTakenName(error, input.username ?? "");
  }
}
