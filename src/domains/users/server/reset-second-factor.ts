import type { Ctx } from "@/server/context";
import { removeFactors } from "../../auth/server/remove-factors";
import type { User } from "../contract";
import { changeUser } from "./change-people";
import { readUser } from "./get-user";
import { requireNotOneself, requireNotOutranked } from "./policy";
import { revokeOpenSessions } from "./repository";

/**
 * For a person who has lost what they sign in with: removes authenticator app, recovery codes and passkeys, and ends their
 * sessions. Where the role needs a second factor they set up a new one right after the next sign-in. One's own is changed on the
 * account page, which asks for proof.
 */
export function resetSecondFactor(ctx: Ctx, input: { userId: string }): Promise<User> {
  const { userId } = input;
  const spec = { action: "users.resetSecondFactor", permission: "users.update", userId } as const;
  return changeUser(ctx, spec, async ({ tx, actor, now, audit }, target) => {
    requireNotOneself(actor, target);
    requireNotOutranked(actor, target);
    const removed = await removeFactors(tx, userId);
    if (removed.hadTotp || removed.passkeys.length > 0) {
      const sessions = await revokeOpenSessions(tx, { userId, now });
      await audit(userId, { username: target.username, ...removed, sessions });
    }
    return readUser(tx, userId);
  });
}
