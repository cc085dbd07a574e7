import { hashPassword } from "@/server/auth/password";
import type { Services } from "@/server/context";
import { AppError } from "@/server/errors";
import { countAttempt } from "@/server/limits/count-attempt";
import { recordAudit } from "../../audit/server/record-audit";
import type { Registered } from "../contract";
import { hasAdministrator, insertUserIfFree } from "./repository";
import { refuseCommon } from "./set-up";

/**
 * Asks for an account, which waits for approval. Throws REGISTRATION_CLOSED, PASSWORD_TOO_COMMON, RATE_LIMITED (a few an hour
 * and address, whatever comes of them) or USERNAME_TAKEN.
 */
export async function register(
  services: Services,
  input: { username: string; password: string },
  address: string,
): Promise<Registered> {
  const { db, settings, events } = services;
  // Without an administrator there would be nobody to approve it.
  if (!settings.current().registrationEnabled || !(await hasAdministrator(db)))
    throw new AppError("REGISTRATION_CLOSED", "Registration is switched off. Ask an administrator for an account.");
  refuseCommon(input);
  await countAttempt(services, { kind: "register", address });
  const passwordHash = await hashPassword(input.password);
  const user = await db.transaction(async (tx) => {
    const added = await insertUserIfFree(tx, { username: input.username, passwordHash, role: "user" });
    if (!added) return null;
    const target = { kind: "user", id: added.id };
    await recordAudit(tx, null, { action: "auth.register", target, details: { username: added.username } }, address);
    return added;
  });
  if (!user) throw new AppError("USERNAME_TAKEN", "This user name is taken.", { username: input.username });
  events.publish({ ownerId: null, permission: "users.view", event: { kind: "people" } });
  const { id, username, role, isApproved } = user;
  return { id, username, role, isApproved, state: "waiting" };
}
