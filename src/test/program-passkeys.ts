import { eq } from "drizzle-orm";
import { expect } from "vitest";
import type { Passkey } from "@/domains/auth/contract";
import { passkeys } from "@/domains/auth/server/table";
import { mutate, type SignedIn, signedIn, type Where } from "./program-factors";
import type { PersonOptions } from "./program-people";
import { openBrowser, type SignInAnswer } from "./program-session";
import { type Deviation, SoftwareAuthenticator } from "./software-authenticator";

export type CreationOptions = Parameters<SoftwareAuthenticator["create"]>[0] & {
  excludeCredentials: { id: string }[];
  authenticatorSelection: Record<string, unknown>;
};
export type RequestOptions = Parameters<SoftwareAuthenticator["get"]>[0] & {
  userVerification: string;
  allowCredentials?: unknown;
};

export interface Begun<Options> {
  challengeId: string;
  options: Options;
}

export const beginCreation = async (who: SignedIn) =>
  (await who.call("auth.passkeyBegin", {})).data as Begun<CreationOptions>;
export const beginSignIn = async (where: Where) =>
  (await mutate(where.url, "auth.passkeySignInBegin")).data as Begun<RequestOptions>;

/** Whoever has signed in, with a passkey. */
export async function withPasskey(where: Where, options: PersonOptions = {}) {
  const who = await signedIn(where, options);
  const authenticator = new SoftwareAuthenticator(where.url);
  const { challengeId, options: asked } = await beginCreation(who);
  const response = authenticator.create(asked);
  const finished = await who.call("auth.passkeyFinish", { challengeId, name: "Laptop", response });
  expect(finished.error).toBe(null);
  return { ...who, authenticator, passkey: finished.data as Passkey };
}

/** What the sign-in page sends. */
export function answer(
  where: Where,
  challengeId: string,
  response: object,
  browser = openBrowser(where.url),
): Promise<SignInAnswer> {
  return browser.signInWith("passkey", { challengeId, response: JSON.stringify(response) });
}

/** A sign-in in which something may not be as it should be; how it ends. */
export async function signInWith(
  where: Where,
  authenticator: SoftwareAuthenticator,
  deviation: Deviation = {},
): Promise<string> {
  const { challengeId, options } = await beginSignIn(where);
  return (await answer(where, challengeId, authenticator.get(options, deviation))).error ?? "ok";
}

export async function countPasskeys(where: Where, who: SignedIn): Promise<number> {
  return where.db.$count(passkeys, eq(passkeys.userId, who.person.id));
}
