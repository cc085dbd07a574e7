import { verifyRegistrationResponse } from "@simplewebauthn/server";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../audit/server/record-audit";
import type { Passkey } from "../contract";
import { holdAccount } from "./hold-account";
import { toPasskey } from "./list-passkeys";
import { algorithms } from "./passkey-begin";
import { relyingPartyId, spendChallenge } from "./passkey-challenge";
import { findPasskeys, insertPasskey } from "./passkey-repository";
import { registrationResponseSchema, transportsSchema } from "./passkey-responses";
import { requireAccountHolder } from "./require-account-holder";
import { tellOfFactors } from "./tell-of-factors";

const maxPasskeys = 20;

interface Finish {
  challengeId: string;
  name: string;
  response: unknown;
  origin: string;
}

/** Keeps the passkey that the browser made for `passkeyBegin`. Proof was given there; a challenge is good for one answer. */
export async function passkeyFinish(ctx: Ctx, input: Finish): Promise<Passkey> {
  const actor = requireAccountHolder(ctx.actor);
  const { userId } = actor;
  const challenge = await spendChallenge(ctx, input.challengeId, { purpose: "register", userId });
  const made = challenge === null ? null : await verified(input, challenge);
  if (!made) throw new AppError("PASSKEY_INVALID", "The passkey's answer is not valid. Begin again.");
  const passkey = await ctx.db.transaction(async (tx) => {
    await holdAccount(tx, actor);
    const known = await findPasskeys(tx, userId);
    if (known.length >= maxPasskeys)
      throw new AppError("LIMIT_EXCEEDED", `An account has ${maxPasskeys} passkeys at most.`, { limit: maxPasskeys });
    const id = await insertPasskey(tx, { userId, name: input.name, ...made });
    if (!id) throw new AppError("PASSKEY_EXISTS", "This passkey is known already.");
    const details = { passkeyId: id, name: input.name };
    await recordAudit(tx, ctx.actor, { action: "auth.passkeyAdd", target: { kind: "user", id: userId }, details });
    const row = (await findPasskeys(tx, userId)).find((one) => one.id === id);
    if (!row) throw new Error("the passkey just added is not there");
    return toPasskey(row);
  });
  tellOfFactors(ctx);
  return passkey;
}

async function verified({ response, origin }: Finish, expectedChallenge: string) {
  const { data } = registrationResponseSchema.safeParse(response);
  if (!data) return null;
  const { transports: _, ...answer } = data.response;
  const result = await verifyRegistrationResponse({
    response: { ...data, response: answer },
    expectedChallenge,
    expectedOrigin: origin,
    expectedRPID: relyingPartyId(origin),
    requireUserVerification: true,
    supportedAlgorithmIDs: algorithms,
  }).catch(() => null);
  if (!result?.verified) return null;
  const { credential, credentialBackedUp } = result.registrationInfo;
  return {
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString("base64url"),
    counter: credential.counter,
    transports: transportsSchema.parse(data.response.transports),
    isBackedUp: credentialBackedUp,
  };
}
