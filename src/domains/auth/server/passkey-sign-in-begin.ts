import { generateAuthenticationOptions } from "@simplewebauthn/server";
import type { Services } from "@/server/context";
import { challengeMs, keepChallenge, relyingPartyId } from "./passkey-challenge";

/** What `navigator.credentials.get` needs. Says nothing of any account: the passkey itself knows whose it is. */
export async function passkeySignInBegin(services: Services, origin: string) {
  const options = await generateAuthenticationOptions({
    rpID: relyingPartyId(origin),
    userVerification: "required",
    timeout: challengeMs,
  });
  const challengeId = await keepChallenge(services, { purpose: "sign_in", userId: null }, options.challenge);
  return { challengeId, options };
}
