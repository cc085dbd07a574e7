import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { auditLog } from "@/domains/audit/server/table";
import { passkeyChallenges, sessions } from "@/domains/auth/server/table";
import { users } from "@/domains/users/server/table";
import { type Program, startProgram } from "./program";
import { callProcedure } from "./program-calls";
import { issueToken, mutate, password, trySignIn } from "./program-factors";
import { answer, type Begun, beginSignIn, type CreationOptions, signInWith, withPasskey } from "./program-passkeys";
import { addPerson } from "./program-people";
import { openBrowser } from "./program-session";
import { type Deviation, SoftwareAuthenticator } from "./software-authenticator";

let program: Program;

beforeAll(async () => {
  program = await startProgram({ env: { SINGLE_SESSION: "false" } });
});
afterAll(() => program?.end());

it("a passkey signs in by itself: no name, no password, no code", async () => {
  const { person, authenticator, passkey } = await withPasskey(program);
  expect(passkey).toMatchObject({ name: "Laptop", isBackedUp: false, lastUsedAt: null });
  const { challengeId, options } = await beginSignIn(program);
  expect(options).toMatchObject({ rpId: "127.0.0.1", userVerification: "required" });
  expect(options.allowCredentials).toBeUndefined();
  const browser = openBrowser(program.url);
  expect(await answer(program, challengeId, authenticator.get(options), browser)).toMatchObject({
    status: 200,
    error: null,
  });
  const credentials = { cookie: browser.cookie() };
  const me = await callProcedure(program.url, { path: "auth.me", type: "query", credentials });
  expect(me.data).toMatchObject({ username: person.username, hasPasskey: true, hasTotp: false });
  const list = await callProcedure(program.url, { path: "auth.listPasskeys", type: "query", credentials });
  expect(list.data).toMatchObject([{ id: passkey.id, name: "Laptop", lastUsedAt: expect.any(Date) }]);
  const rows = await program.db.select().from(sessions).where(eq(sessions.userId, person.id));
  expect(rows.map(({ signedInWith }) => signedInWith).sort()).toEqual(["passkey", "password"]);
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
  const { authenticator } = await withPasskey(program);
  expect(await signInWith(program, authenticator, deviation)).toBe("CredentialsSignin");
  expect(await signInWith(program, authenticator)).toBe("ok");
});

it("refuses one person's signature under the name of another's passkey", async () => {
  const mine = await withPasskey(program);
  const theirs = await withPasskey(program);
  const userHandle = Buffer.from(theirs.person.id).toString("base64url");
  const { credentialId } = theirs.authenticator;
  expect(await signInWith(program, mine.authenticator, { credentialId, userHandle })).toBe("CredentialsSignin");
  expect(await signInWith(program, mine.authenticator, { credentialId })).toBe("CredentialsSignin");
});

it("takes an answer once, also when it is sent fifty times at once, and no second answer to one challenge", {
  timeout: 120_000,
}, async () => {
  const { authenticator } = await withPasskey(program);
  const { challengeId, options } = await beginSignIn(program);
  const response = authenticator.get(options);
  const answers = await Promise.all(Array.from({ length: 50 }, () => answer(program, challengeId, response)));
  expect(answers.filter(({ error }) => error === null)).toHaveLength(1);
  expect(answers.filter(({ error }) => error === "CredentialsSignin")).toHaveLength(49);
  expect((await answer(program, challengeId, authenticator.get(options))).error).toBe("CredentialsSignin");
  const fresh = await beginSignIn(program);
  expect((await answer(program, fresh.challengeId, response)).error).toBe("CredentialsSignin");
});

it("a wrong answer uses the challenge up, and one of more than five minutes ago is worth nothing", async () => {
  const { authenticator } = await withPasskey(program);
  const wrong = await beginSignIn(program);
  expect((await answer(program, wrong.challengeId, { id: "x" })).error).toBe("CredentialsSignin");
  expect((await answer(program, wrong.challengeId, authenticator.get(wrong.options))).error).toBe("CredentialsSignin");
  const late = await beginSignIn(program);
  const [row] = await program.db.select().from(passkeyChallenges).where(eq(passkeyChallenges.id, late.challengeId));
  const life = (row?.expiresAt.getTime() ?? 0) - Date.now();
  expect(life).toBeGreaterThan(4 * 60_000);
  expect(life).toBeLessThanOrEqual(5 * 60_000);
  await program.db.update(passkeyChallenges).set({ expiresAt: new Date(Date.now() - 1) });
  expect((await answer(program, late.challengeId, authenticator.get(late.options))).error).toBe("CredentialsSignin");
});

it("refuses a counter that goes back or stands still: somebody has a copy", async () => {
  const { person, authenticator } = await withPasskey(program);
  expect(await signInWith(program, authenticator, { counter: 7 })).toBe("ok");
  expect(await signInWith(program, authenticator, { counter: 7 })).toBe("CredentialsSignin");
  expect(await signInWith(program, authenticator, { counter: 6 })).toBe("CredentialsSignin");
  expect(await signInWith(program, authenticator, { counter: 0 })).toBe("CredentialsSignin");
  expect(await signInWith(program, authenticator, { counter: 8 })).toBe("ok");
  const refused = (await program.db.select().from(auditLog)).filter(
    ({ result, details }) => result === "refused" && details.username === person.username,
  );
  expect(refused).toHaveLength(3);
});

it("takes authenticators that do not count", async () => {
  const { authenticator } = await withPasskey(program);
  expect(await signInWith(program, authenticator, { counter: 0 })).toBe("ok");
  expect(await signInWith(program, authenticator, { counter: 0 })).toBe("ok");
});

it("opens nothing for who was deactivated or whose passkey was removed", async () => {
  const one = await withPasskey(program);
  await program.db.update(users).set({ isActive: false }).where(eq(users.id, one.person.id));
  expect(await signInWith(program, one.authenticator)).toBe("CredentialsSignin");

  const two = await withPasskey(program);
  expect((await two.call("auth.removePasskey", { passkeyId: one.passkey.id })).error?.code).toBe("PASSKEY_NOT_FOUND");
  expect((await two.call("auth.removePasskey", { passkeyId: two.passkey.id })).error).toBe(null);
  expect(await signInWith(program, two.authenticator)).toBe("CredentialsSignin");
  const [row] = await program.db.select().from(users).where(eq(users.id, two.person.id));
  expect(row?.hasPasskey).toBe(false);
});

it("the password alone signs in beside a passkey, unless the role must have a second factor", async () => {
  const { person, authenticator } = await withPasskey(program, { role: "operator" });
  expect((await trySignIn(program, person)).error).toBe(null);
  const admin = await program.admin();
  await admin.system.updateSettings.mutate({ secondFactorRoles: ["operator"] });
  try {
    expect((await trySignIn(program, person)).error).toBe("PASSKEY_REQUIRED");
    expect((await issueToken(program, person)).error?.code).toBe("PASSKEY_REQUIRED");
    expect((await trySignIn(program, person, { password: "wrong" })).error).toBe("CredentialsSignin");
    expect(await signInWith(program, authenticator)).toBe("ok");
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
      const { challengeId, options } = await beginSignIn(behindProxy);
      return (await answer(behindProxy, challengeId, authenticator.get(options, deviation))).error;
    };
    expect(await tryWith({ origin: behindProxy.url })).toBe("CredentialsSignin");
    expect(await tryWith({ origin: "http://mc.example.org" })).toBe("CredentialsSignin");
    expect(await tryWith({})).toBe(null);
  } finally {
    await behindProxy.end();
  }
});
