import { verifyAuthenticationResponse } from "@simplewebauthn/server";
import { relyingPartyId } from "./passkey-challenge";
import type { PasskeyRow } from "./passkey-repository";
import type { AuthenticationResponse } from "./passkey-responses";

interface Expected {
  challenge: string;
  origin: string;
}

/**
 * The new counter of a right answer, or null: signed by this passkey, for this challenge, on this site, by a person whom the
 * authenticator has verified, and with a counter that moves on (a copied authenticator's does not).
 */
export async function verifyPasskeyAnswer(
  passkey: PasskeyRow,
  response: AuthenticationResponse,
  { challenge, origin }: Expected,
): Promise<{ counter: number; isBackedUp: boolean } | null> {
  const { userHandle } = response.response;
  if (userHandle !== undefined && Buffer.from(userHandle, "base64url").toString() !== passkey.userId) return null;
  const result = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: relyingPartyId(origin),
    requireUserVerification: true,
    credential: {
      id: passkey.credentialId,
      publicKey: new Uint8Array(Buffer.from(passkey.publicKey, "base64url")),
      counter: passkey.counter,
    },
  }).catch(() => null);
  if (!result?.verified) return null;
  return { counter: result.authenticationInfo.newCounter, isBackedUp: result.authenticationInfo.credentialBackedUp };
}
