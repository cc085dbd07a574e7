import type { PersonActor } from "@/server/auth/actor";
import type { Transaction } from "@/server/db/connect";
import { AppError } from "@/server/errors";
import type { UserRow } from "../../users/server/table";
import { refreshActor } from "./refresh-actor";
import { lockUser } from "./repository";

/**
 * One's own account, held until the transaction ends. Whatever ends sessions and tokens (a new password, a new role) holds the same
 * row: a call that was under way meanwhile finds here that it came too late, and leaves nothing behind that would open the account.
 */
export async function holdAccount(tx: Transaction, actor: PersonActor): Promise<UserRow> {
  const user = await lockUser(tx, actor.userId);
  await refreshActor(tx, actor);
  if (!user) throw new AppError("SIGN_IN_REQUIRED", "Sign in first, or send an API token.");
  return user;
}
