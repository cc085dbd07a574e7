import type { PasskeyAttempt } from "@/server/bridge";
import type { Services } from "@/server/context";
import { countAttempt } from "@/server/limits/count-attempt";
import { recordAudit } from "../../audit/server/record-audit";
import type { CheckedPerson } from "./check-credentials";
import { spendChallenge } from "./passkey-challenge";
import { findPasskeyUser, markPasskeyUsed } from "./passkey-repository";
import { authenticationResponseSchema } from "./passkey-responses";
import { verifyPasskeyAnswer } from "./passkey-verify";

/**
 * Who it is that signs in with a passkey, or null for any kind of wrong. It stands for password and code: the authenticator has
 * verified the person. Counts the attempt first; a refusal is audited.
 */
export async function checkPasskey(services: Services, attempt: PasskeyAttempt): Promise<CheckedPerson | null> {
  await countAttempt(services, { kind: "signIn", address: attempt.address });
  const { person, username } = await check(services, attempt);
  if (person) return person;
  const details = { with: "passkey", ...(username === undefined ? {} : { username }) };
  await recordAudit(services.db, null, { action: "auth.signIn", result: "refused", details }, attempt.address);
  return null;
}

async function check(
  services: Services,
  { challengeId, response, origin }: PasskeyAttempt,
): Promise<{ person: CheckedPerson | null; username?: string }> {
  const challenge = await spendChallenge(services, challengeId, { purpose: "sign_in", userId: null });
  const { data: answer } = authenticationResponseSchema.safeParse(parse(response));
  const found = answer ? await findPasskeyUser(services.db, answer.id) : null;
  if (challenge === null || !answer || !found) return { person: null };
  const { passkey, user } = found;
  const right = await verifyPasskeyAnswer(passkey, answer, { challenge, origin });
  const isUsed =
    right !== null && (await markPasskeyUsed(services.db, passkey, { ...right, now: services.clock.now() }));
  const { username } = user;
  return { person: isUsed && user.isActive ? { user, signedInWith: "passkey" } : null, username };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
