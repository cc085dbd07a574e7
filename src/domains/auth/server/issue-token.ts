import { randomBytes } from "node:crypto";
import type { PasswordAttempt } from "@/server/bridge";
import type { Services } from "@/server/context";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../audit/server/record-audit";
import { checkCredentials } from "./check-credentials";
import { ownActor } from "./own-actor";
import { markSignedIn } from "./repository";
import { hashToken, tokenPrefix } from "./resolve-actor";
import { insertToken } from "./token-repository";

const tokenDays = 90;

/** An API token for a script, shown this once; valid for 90 days, with all the rights its owner has at each call. */
export async function issueToken(
  services: Services,
  { name, ...attempt }: PasswordAttempt & { name: string },
): Promise<{ token: string; expiresAt: Date }> {
  const person = await checkCredentials(services, attempt);
  if (!person) throw wrong();
  const { user } = person;
  const now = services.clock.now();
  const token = tokenPrefix + randomBytes(32).toString("base64url");
  const expiresAt = new Date(now.getTime() + tokenDays * 86_400_000);
  await services.db.transaction(async (tx) => {
    if (!(await markSignedIn(tx, user, now))) throw wrong();
    await insertToken(tx, {
      userId: user.id,
      name,
      hash: hashToken(token),
      scopes: null,
      authenticatedAt: now,
      expiresAt,
    });
    await recordAudit(tx, ownActor(user, "", attempt.address), { action: "auth.issueToken", details: { name } });
  });
  return { token, expiresAt };
}

function wrong(): AppError {
  return new AppError("CREDENTIALS_INVALID", "The user name or the password is wrong.");
}
