import { eq } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import { sessions, userTotp } from "@/domains/auth/server/table";
import type { Database } from "@/server/db/connect";
import { type Answer, type Credentials, callProcedure } from "./program-calls";
import { addPerson, type Person, type PersonOptions } from "./program-people";
import { type Browser, openBrowser, type SignInAnswer } from "./program-session";

export const password = "a passphrase of mine 1";
const stepMs = 30_000;

/** The code that an authenticator app shows, so many steps from now. */
export function codeOf(seed: string, steps = 0): string {
  return new TOTP({ secret: Secret.fromBase32(seed) }).generate({ timestamp: Date.now() + steps * stepMs });
}

/** Six digits that no step near now has. */
export function wrongCodeOf(seed: string): string {
  const near = [-2, -1, 0, 1, 2].map((steps) => codeOf(seed, steps));
  return ["000000", "111111", "222222", "333333", "444444", "555555"].find((code) => !near.includes(code)) ?? "";
}

export interface SignedIn {
  person: Person;
  browser: Browser;
  /** With the session. */
  call(path: string, input?: unknown): Promise<Answer>;
}

export interface Where {
  url: string;
  db: Database;
}

/** A person with a password and a session. */
export async function signedIn(where: Where, options: PersonOptions = {}): Promise<SignedIn> {
  const person = await addPerson(where.db, { password, ...options });
  const browser = openBrowser(where.url);
  await browser.signIn({ username: person.username, password });
  return { person, browser, call: (path, input) => mutate(where.url, path, input, { cookie: browser.cookie() }) };
}

export function mutate(url: string, path: string, input?: unknown, credentials: Credentials = {}): Promise<Answer> {
  return callProcedure(url, { path, type: "mutation", input, credentials });
}

/** Whoever has signed in, with an authenticator app set up and all its codes unused. */
export async function withTotp(where: Where, options: PersonOptions = {}) {
  const who = await signedIn(where, options);
  const { secret } = (await who.call("auth.totpBegin", {})).data as { secret: string };
  const confirmed = await who.call("auth.totpConfirm", { code: codeOf(secret) });
  const { recoveryCodes } = confirmed.data as { recoveryCodes: string[] };
  await forgetSteps(where.db, who.person);
  return { ...who, seed: secret, recoveryCodes };
}

/** As if the code of this moment had not been used: the test need not wait for the next. */
export async function forgetSteps(db: Database, person: Person): Promise<void> {
  await db.update(userTotp).set({ lastStep: 0 }).where(eq(userTotp.userId, person.id));
}

/** As if the person had signed in longer ago than proof lasts. */
export async function ageSessions(db: Database, person: Person): Promise<void> {
  const createdAt = new Date(Date.now() - 11 * 60_000);
  await db.update(sessions).set({ createdAt }).where(eq(sessions.userId, person.id));
}

export function issueToken(where: Where, person: Person, given: { password?: string; totp?: string } = {}) {
  return mutate(where.url, "auth.issueToken", { username: person.username, password, ...given });
}

export function trySignIn(
  where: Where,
  person: Person,
  given: { password?: string; totp?: string } = {},
): Promise<SignInAnswer> {
  return openBrowser(where.url).signIn({ username: person.username, password, ...given });
}
