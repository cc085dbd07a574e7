import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { auditLog } from "@/domains/audit/server/table";
import type { Passkey } from "@/domains/auth/contract";
import { passkeyChallenges, passkeys, sessions } from "@/domains/auth/server/table";
import { users } from "@/domains/users/server/table";
import { type Program, startProgram } from "./program";
import { callProcedure } from "./program-calls";
import { ageSessions, issueToken, mutate, password, type SignedIn, signedIn, trySignIn } from "./program-factors";
import { addPerson } from "./program-people";
import { openBrowser, type SignInAnswer } from "./program-session";
import { type Deviation, SoftwareAuthenticator } from "./software-authenticator";

let program: Program;

beforeAll(async () => {
  program = await startProgram({ env: { SINGLE_SESSION: "false" } });
});
afterAll(() => program?.end());

type CreationOptions = Parameters<SoftwareAuthenticator["create"]>[0] & {
  excludeCredentials: { id: string }[];
  authenticatorSelection: Record<string, unknown>;
};
type RequestOptions = Parameters<SoftwareAuthenticator["get"]>[0] & {
  userVerification: string;
  allowCredentials?: unknown;
};

interface Begun<Options> {
  challengeId: string;
  options: Options;
}

const beginCreation = async (who: SignedIn, input: object = {}) =>
  (await who.call("auth.passkeyBegin", input)).data as Begun<CreationOptions>;
const beginSignIn = async () => (await mutate(program.url, "auth.passkeySignInBegin")).data as Begun<RequestOptions>;

/** Whoever has signed in, with a passkey. */
async function withPasskey(options: Parameters<typeof signedIn>[1] = {}) {
  const who = await signedIn(program, options);
  const authenticator = new SoftwareAuthenticator(program.url);
  const { challengeId, options: asked } = await beginCreation(who);
  const finished = await who.call("auth.passkeyFinish", {
    challengeId,
    name: "Laptop",
    response: authenticator.create(asked),
  });
  expect(finished.error).toBe(null);
  return { ...who, authenticator, passkey: finished.data as Passkey };
}

const answer = (challengeId: string, response: object, browser = openBrowser(program.url)): Promise<SignInAnswer> =>
  browser.signInWith("passkey", { challengeId, response: JSON.stringify(response) });

/** A sign-in in which something is not as it should be. */
async function signInWith(authenticator: SoftwareAuthenticator, deviation: Deviation = {}): Promise<string> {
  const { challengeId, options } = await beginSignIn();
  return (await answer(challengeId, authenticator.get(options, deviation))).error ?? "ok";
}

async function countPasskeys(who: SignedIn): Promise<number> {
  return program.db.$count(passkeys, eq(passkeys.userId, who.person.id));
}

it("a passkey signs in by itself: no name, no password, no code", async () => {
  const { person, authenticator, passkey } = await withPasskey();
  expect(passkey).toMatchObject({ name: "Laptop", isBackedUp: false, lastUsedAt: null });
  const { challengeId, options } = await beginSignIn();
  expect(options).toMatchObject({ rpId: "127.0.0.1", userVerification: "required" });
  expect(options.allowCredentials).toBeUndefined();
  const browser = openBrowser(program.url);
  expect(await answer(challengeId, authenticator.get(options), browser)).toMatchObject({ status: 200, error: null });
  const credentials = { cookie: browser.cookie() };
  const me = await callProcedure(program.url, { path: "auth.me", type: "query", credentials });
  expect(me.data).toMatchObject({ username: person.username, hasPasskey: true, hasTotp: false });
  const list = await callProcedure(program.url, { path: "auth.listPasskeys", type: "query", credentials });
  expect(list.data).toMatchObject([{ id: passkey.id, name: "Laptop", lastUsedAt: expect.any(Date) }]);
  const rows = await program.db.select().from(sessions).where(eq(sessions.userId, person.id));
  expect(rows.map(({ signedInWith }) => signedInWith).sort()).toEqual(["passkey", "password"]);
});

it("asks for a passkey that the authenticator keeps and opens for its owner alone, and excludes those it knows", async () => {
  const who = await withPasskey();
  const { options } = await beginCreation(who);
  expect(options.authenticatorSelection).toMatchObject({ residentKey: "required", userVerification: "required" });
  expect(options.excludeCredentials.map(({ id }) => id)).toEqual([who.authenticator.credentialId]);
  expect(options.rp.id).toBe("127.0.0.1");
});

it.each<[string, Deviation]>([
  ["another site's page", { origin: "https://mcsd.example.org" }],
  ["another port of this host", { origin: "http://127.0.0.1:1" }],
  ["another challenge", { challenge: Buffer.from("made up").toString("base64url") }],
  ["another relying party", { rpId: "localhost" }],
  ["a person whom nobody verified", { isVerified: false }],
  ["somebody else as the holder", { userHandle: Buffer.from(randomUUID()).toString("base64url") }],
  ["an unknown credential", { credentialId: "bm9ib2R5" }],
])("refuses an answer with %s", async (_what, deviation) => {
  const { authenticator } = await withPasskey();
  expect(await signInWith(authenticator, deviation)).toBe("CredentialsSignin");
  expect(await signInWith(authenticator)).toBe("ok");
});

it("refuses one person's signature under the name of another's passkey", async () => {
  const mine = await withPasskey();
  const theirs = await withPasskey();
  const userHandle = Buffer.from(theirs.person.id).toString("base64url");
  const { credentialId } = theirs.authenticator;
  expect(await signInWith(mine.authenticator, { credentialId, userHandle })).toBe("CredentialsSignin");
  expect(await signInWith(mine.authenticator, { credentialId })).toBe("CredentialsSignin");
});

it("takes an answer once, also when it is sent fifty times at once, and no second answer to one challenge", {
  timeout: 120_000,
}, async () => {
  const { authenticator } = await withPasskey();
  const { challengeId, options } = await beginSignIn();
  const response = authenticator.get(options);
  const answers = await Promise.all(Array.from({ length: 50 }, () => answer(challengeId, response)));
  expect(answers.filter(({ error }) => error === null)).toHaveLength(1);
  expect(answers.filter(({ error }) => error === "CredentialsSignin")).toHaveLength(49);
  expect((await answer(challengeId, authenticator.get(options))).error).toBe("CredentialsSignin");
  const fresh = await beginSignIn();
  expect((await answer(fresh.challengeId, response)).error).toBe("CredentialsSignin");
});

it("a wrong answer uses the challenge up, and one of more than five minutes ago is worth nothing", async () => {
  const { authenticator } = await withPasskey();
  const wrong = await beginSignIn();
  expect((await answer(wrong.challengeId, { id: "x" })).error).toBe("CredentialsSignin");
  expect((await answer(wrong.challengeId, authenticator.get(wrong.options))).error).toBe("CredentialsSignin");
  const late = await beginSignIn();
  const [row] = await program.db.select().from(passkeyChallenges).where(eq(passkeyChallenges.id, late.challengeId));
  const life = (row?.expiresAt.getTime() ?? 0) - Date.now();
  expect(life).toBeGreaterThan(4 * 60_000);
  expect(life).toBeLessThanOrEqual(5 * 60_000);
  await program.db.update(passkeyChallenges).set({ expiresAt: new Date(Date.now() - 1) });
  expect((await answer(late.challengeId, authenticator.get(late.options))).error).toBe("CredentialsSignin");
});

it("refuses a counter that goes back or stands still: somebody has a copy", async () => {
  const { person, authenticator } = await withPasskey();
  expect(await signInWith(authenticator, { counter: 7 })).toBe("ok");
  expect(await signInWith(authenticator, { counter: 7 })).toBe("CredentialsSignin");
  expect(await signInWith(authenticator, { counter: 6 })).toBe("CredentialsSignin");
  expect(await signInWith(authenticator, { counter: 0 })).toBe("CredentialsSignin");
  expect(await signInWith(authenticator, { counter: 8 })).toBe("ok");
  const refused = (await program.db.select().from(auditLog)).filter(
    ({ result, details }) => result === "refused" && details.username === person.username,
  );
  expect(refused).toHaveLength(3);
});

it("takes authenticators that do not count", async () => {
  const { authenticator } = await withPasskey();
  expect(await signInWith(authenticator, { counter: 0 })).toBe("ok");
  expect(await signInWith(authenticator, { counter: 0 })).toBe("ok");
});

it("opens nothing for who was deactivated or whose passkey was removed", async () => {
  const one = await withPasskey();
  await program.db.update(users).set({ isActive: false }).where(eq(users.id, one.person.id));
  expect(await signInWith(one.authenticator)).toBe("CredentialsSignin");

  const two = await withPasskey();
  expect((await two.call("auth.removePasskey", { passkeyId: one.passkey.id })).error?.code).toBe("PASSKEY_NOT_FOUND");
  expect((await two.call("auth.removePasskey", { passkeyId: two.passkey.id })).error).toBe(null);
  expect(await signInWith(two.authenticator)).toBe("CredentialsSignin");
  const [row] = await program.db.select().from(users).where(eq(users.id, two.person.id));
  expect(row?.hasPasskey).toBe(false);
});

it.each<[string, Deviation]>([
  ["on another site's page", { origin: "https://mcsd.example.org" }],
  ["for another challenge", { challenge: Buffer.from("made up").toString("base64url") }],
  ["for another relying party", { rpId: "localhost" }],
  ["without verifying the person", { isVerified: false }],
])("keeps no passkey that was made %s", async (_what, deviation) => {
  const who = await signedIn(program);
  const authenticator = new SoftwareAuthenticator(program.url);
  const { challengeId, options } = await beginCreation(who);
  const response = authenticator.create(options, deviation);
  const finish = (given: object) => who.call("auth.passkeyFinish", { challengeId, name: "Laptop", response: given });
  expect((await finish(response)).error?.code).toBe("PASSKEY_INVALID");
  // The challenge is used up with it.
  expect((await finish(authenticator.create(options))).error?.code).toBe("PASSKEY_INVALID");
  expect(await countPasskeys(who)).toBe(0);
});

it("keeps no passkey for another person's challenge, one made for a sign-in, or one that is known already", async () => {
  const mine = await withPasskey();
  const theirs = await signedIn(program);
  const authenticator = new SoftwareAuthenticator(program.url);
  const begun = await beginCreation(mine);
  const finish = (who: SignedIn, challengeId: string, response: object) =>
    who.call("auth.passkeyFinish", { challengeId, name: "Key", response });
  const stolen = await finish(theirs, begun.challengeId, authenticator.create(begun.options));
  expect(stolen.error?.code).toBe("PASSKEY_INVALID");

  const { challengeId, options } = await beginSignIn();
  const asked = { ...begun.options, challenge: options.challenge };
  expect((await finish(theirs, challengeId, authenticator.create(asked))).error?.code).toBe("PASSKEY_INVALID");
  expect(await countPasskeys(theirs)).toBe(0);

  const again = await beginCreation(theirs);
  const known = await finish(theirs, again.challengeId, mine.authenticator.create(again.options));
  expect(known.error?.code).toBe("PASSKEY_EXISTS");
  expect(await countPasskeys(mine)).toBe(1);
});

it("asks for proof to add and to remove, none to rename, and one renames only one's own", async () => {
  const who = await withPasskey();
  await ageSessions(program.db, who.person);
  const passkeyId = who.passkey.id;
  expect((await who.call("auth.passkeyBegin", {})).error?.code).toBe("REAUTHENTICATION_REQUIRED");
  expect((await who.call("auth.removePasskey", { passkeyId })).error?.code).toBe("REAUTHENTICATION_REQUIRED");
  const wrong = await who.call("auth.removePasskey", { passkeyId, password: "wrong" });
  expect(wrong.error?.code).toBe("PASSWORD_WRONG");
  expect((await who.call("auth.renamePasskey", { passkeyId, name: "Phone" })).data).toMatchObject({ name: "Phone" });
  const other = await signedIn(program);
  expect((await other.call("auth.renamePasskey", { passkeyId, name: "Mine" })).error?.code).toBe("PASSKEY_NOT_FOUND");
  expect((await who.call("auth.removePasskey", { passkeyId, password })).error).toBe(null);
  expect(
    (await program.db.select().from(auditLog).where(eq(auditLog.actorId, who.person.id)).orderBy(auditLog.id)).map(
      ({ action, result }) => `${action} ${result}`,
    ),
  ).toEqual([
    "auth.signIn ok",
    "auth.passkeyAdd ok",
    "auth.proof refused",
    "auth.passkeyRename ok",
    "auth.passkeyRemove ok",
  ]);
});

it("the password alone signs in beside a passkey, unless the role must have a second factor", async () => {
  const { person, authenticator } = await withPasskey({ role: "operator" });
  expect((await trySignIn(program, person)).error).toBe(null);
  const admin = await program.admin();
  await admin.system.updateSettings.mutate({ secondFactorRoles: ["operator"] });
  try {
    expect((await trySignIn(program, person)).error).toBe("PASSKEY_REQUIRED");
    expect((await issueToken(program, person)).error?.code).toBe("PASSKEY_REQUIRED");
    expect((await trySignIn(program, person, { password: "wrong" })).error).toBe("CredentialsSignin");
    expect(await signInWith(authenticator)).toBe("ok");
  } finally {
    await admin.system.updateSettings.mutate({ secondFactorRoles: [] });
  }
});

it("belongs to the host of PUBLIC_URL, whatever the request says", { timeout: 60_000 }, async () => {
  const behindProxy = await startProgram({ env: { PUBLIC_URL: "https://mc.example.org" } });
  try {
    const person = await addPerson(behindProxy.db, { password });
    const { token } = (await issueToken(behindProxy, person)).data as { token: string };
    const call = (path: string, input?: unknown) => mutate(behindProxy.url, path, input, { token });
    const begun = (await call("auth.passkeyBegin", {})).data as Begun<CreationOptions>;
    expect(begun.options.rp.id).toBe("mc.example.org");
    const authenticator = new SoftwareAuthenticator("https://mc.example.org");
    const response = authenticator.create(begun.options);
    const finished = await call("auth.passkeyFinish", { challengeId: begun.challengeId, name: "Laptop", response });
    expect(finished.error).toBe(null);

    const tryWith = async (deviation: Deviation) => {
      const { challengeId, options } = (await mutate(behindProxy.url, "auth.passkeySignInBegin"))
        .data as Begun<RequestOptions>;
      return (await answer(challengeId, authenticator.get(options, deviation), openBrowser(behindProxy.url))).error;
    };
    expect(await tryWith({ origin: behindProxy.url })).toBe("CredentialsSignin");
    expect(await tryWith({ origin: "http://mc.example.org" })).toBe("CredentialsSignin");
    expect(await tryWith({})).toBe(null);
  } finally {
    await behindProxy.end();
  }
});
