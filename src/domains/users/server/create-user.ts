import type { z } from "zod";
import { hashPassword } from "@/server/auth/password";
import { requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import { refuseCommon } from "../../auth/server/set-up";
import type { createUserInputSchema, User } from "../contract";
import { changePeople } from "./change-people";
import { explainTakenName } from "./explain-taken-name";
import { readUser } from "./get-user";
import { beyondNewcomer, requireHeld } from "./policy";
import { insertUserRow } from "./repository";

/** A new account, made by an administrator; unless said otherwise it is approved. */
export async function createUser(ctx: Ctx, input: z.output<typeof createUserInputSchema>): Promise<User> {
  requirePermission(ctx.actor, "users.create");
  const { username, role, isApproved } = input;
  refuseCommon(input);
  const passwordHash = await hashPassword(input.password);
  try {
    return await changePeople(
      ctx,
      { action: "users.create", permission: "users.create" },
      async ({ tx, actor, audit }) => {
        requireHeld(actor, beyondNewcomer({ role, granted: [], denied: [] }));
        const id = await insertUserRow(tx, { username, passwordHash, role, isApproved });
        await audit(id, { username, role, isApproved });
        return readUser(tx, id);
      },
    );
  } catch (error) {
    throw explainTakenName(error, username);
  }
}
