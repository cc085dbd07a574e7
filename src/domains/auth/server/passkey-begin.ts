import { generateRegistrationOptions } from "@simplewebauthn/server";
import type { Ctx } from "@/server/context";
import { challengeMs, keepChallenge, relyingPartyId, relyingPartyName } from "./passkey-challenge";
import { findPasskeys } from "./passkey-repository";
import { requireProof } from "./require-proof";

/** EdDSA, ES256 and RS256, by their COSE numbers: every authenticator knows one of them. */
export const algorithms = [-8, -7, -257];

/** What `navigator.credentials.create` needs for a new passkey. Nothing changes before `passkeyFinish`. */
export async function passkeyBegin(ctx: Ctx, { password, origin }: { password?: string; origin: string }) {
  const { userId, username } = await requireProof(ctx, password);
  const known = await findPasskeys(ctx.db, userId);
  const options = await generateRegistrationOptions({
    rpName: relyingPartyName,
    rpID: relyingPartyId(origin),
    userName: username,
    userDisplayName: username,
    userID: new TextEncoder().encode(userId),
    attestationType: "none",
    excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    supportedAlgorithmIDs: algorithms,
    timeout: challengeMs,
  });
  const challengeId = await keepChallenge(ctx, { purpose: "register", userId }, options.challenge);
  return { challengeId, options };
}
