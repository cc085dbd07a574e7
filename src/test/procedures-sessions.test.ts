import { setTimeout as delay } from "node:timers/promises";
import { inspect } from "node:util";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { auditLog } from "@/domains/audit/server/table";
import { sessions } from "@/domains/auth/server/table";
import { users } from "@/domains/users/server/table";
import { type Program, startProgram } from "./program";
import { type Credentials, callProcedure, headersOf } from "./program-calls";
import { addPerson, type Person, type PersonOptions } from "./program-people";
import { openBrowser } from "./program-session";

/** Within this, whoever lost a right must be cut off. */
const cutOffMs = 5000;
const password = "a passphrase of mine 1";
let program: Program;

beforeAll(async () => {
  program = await startProgram();
});
afterAll(() => program?.end());

async function signedIn(options: PersonOptions = {}) {
  const person = await addPerson(program.db, { password, ...options });
  const browser = openBrowser(program.url);
  await browser.signIn({ username: person.username, password });
  return { person, browser, credentials: { cookie: browser.cookie() } };
}

async function codeOf(credentials: Credentials, path = "auth.me"): Promise<string> {
  const { error } = await callProcedure(program.url, { path, type: "query", credentials });
  return error?.code ?? "ok";
}

/** Opens the event stream; the result resolves when the stream has ended. */
async function openStream(credentials: Credentials): Promise<{ ended: Promise<void> }> {
  const response = await fetch(`${program.url}/api/trpc/servers.events`, { headers: headersOf(credentials) });
  expect(response.status).toBe(200);
  const reader = response.body?.getReader();
  await reader?.read();
  const untilEnd = async () => {
    while (!(await reader?.read())?.done);
  };
  return { ended: untilEnd() };
}

/** Rejects when the stream outlives the limit, counted from this call. */
async function expectCutOff({ ended }: { ended: Promise<void> }): Promise<void> {
  const tooLong = delay(cutOffMs, "goes on", { ref: false });
  expect(await Promise.race([ended, tooLong])).toBeUndefined();
}

const update = (person: Person, values: Partial<typeof users.$inferInsert>) =>
  program.db.update(users).set(values).where(eq(users.id, person.id));
const revokeRow = (person: Person) =>
  program.db.update(sessions).set({ revokedAt: new Date() }).where(eq(sessions.userId, person.id));

it("lets nobody in with a wrong password, an unknown name or an odd one, and says the same each time", async () => {
  const person = await addPerson(program.db, { password });
  const tries = [
    { username: person.username, password: "wrong" },
    { username: "nobody at all", password },
    { username: "", password: "" },
    { username: "a\u0000b", password: "c\u0000d" },
    { username: person.username, password: `${password} ` },
    { username: "x".repeat(10_000), password },
  ];
  for (const credentials of tries) {
    const browser = openBrowser(program.url);
    const { url, status } = await browser.signIn(credentials);
    expect({ credentials, status, error: new URL(url).searchParams.get("error") }).toEqual({
      credentials,
      status: 401,
      error: "CredentialsSignin",
    });
    expect(browser.cookie()).not.toContain("mcsd.session");
    expect(await codeOf({ cookie: browser.cookie() })).toBe("SIGN_IN_REQUIRED");
  }
  const inactive = await addPerson(program.db, { password, isActive: false });
  const { url } = await openBrowser(program.url).signIn({ username: inactive.username, password });
  expect(new URL(url).searchParams.get("error")).toBe("CredentialsSignin");
});

it("signs in whatever the case of the name, with a cookie that scripts cannot read, and out at once", async () => {
  const person = await addPerson(program.db, { password });
  const browser = openBrowser(program.url);
  await browser.signIn({ username: person.username.toUpperCase(), password });
  const cookie = browser.cookie();
  expect(cookie).toContain("mcsd.session=");
  const session = await browser.fetch("/api/auth/session");
  expect(session.headers.get("set-cookie")).toMatch(/mcsd\.session=.*HttpOnly.*SameSite=lax/i);
  expect(Object.keys((await session.json()) as object)).toEqual(["expires"]);
  expect(await codeOf({ cookie })).toBe("ok");
  await browser.signOut();
  expect(await codeOf({ cookie })).toBe("SIGN_IN_REQUIRED");
  const actions = await program.db.select().from(auditLog).where(eq(auditLog.actorId, person.id));
  expect(actions.map(({ action }) => action)).toEqual(["auth.signIn", "auth.signOut"]);
});

it("a new sign-in ends the session before it", async () => {
  const { person, credentials } = await signedIn();
  const second = openBrowser(program.url);
  await second.signIn({ username: person.username, password });
  expect(await codeOf(credentials)).toBe("SIGN_IN_REQUIRED");
  expect(await codeOf({ cookie: second.cookie() })).toBe("ok");
});

it("a revoked session is refused with the next request, and its stream ends", async () => {
  const { person, credentials } = await signedIn();
  const stream = await openStream(credentials);
  await revokeRow(person);
  await expectCutOff(stream);
  expect(await codeOf(credentials)).toBe("SIGN_IN_REQUIRED");
});

it("takes neither a cookie that was changed nor one that names another session", async () => {
  const { credentials } = await signedIn();
  const [name = "", value = ""] = (/mcsd\.session=[^;]+/.exec(credentials.cookie)?.[0] ?? "").split("=");
  const middle = value.length >> 1;
  const changed = `${value.slice(0, middle)}${value[middle] === "A" ? "B" : "A"}${value.slice(middle + 1)}`;
  for (const cookie of [
    `${name}=${changed}`,
    `${name}=`,
    `${name}=${"a.".repeat(3000)}`,
    `${name}=${crypto.randomUUID()}`,
  ]) {
    expect(await codeOf({ cookie })).toBe("SIGN_IN_REQUIRED");
  }
});

it.each<[string, PersonOptions, Partial<typeof users.$inferInsert>, string]>([
  ["is deactivated", {}, { isActive: false }, "SIGN_IN_REQUIRED"],
  ["loses approval", {}, { isApproved: false }, "NOT_APPROVED"],
  ["is denied the permission", {}, { denied: ["servers.view"] }, "PERMISSION_MISSING"],
  ["is no operator any more", { role: "operator" }, { role: "user" }, "ok"],
])("who %s: streams of session and token end, the next call knows", async (_what, options, change, code) => {
  const { person, credentials } = await signedIn(options);
  const token = { token: person.token };
  const streams = [await openStream(credentials), await openStream(token)];
  await update(person, change);
  await Promise.all(streams.map(expectCutOff));
  expect(await codeOf(credentials, "servers.list")).toBe(code);
  expect(await codeOf(token, "servers.list")).toBe(code);
});

it("a token that is issued works until it is revoked, and is nowhere in clear", async () => {
  const person = await addPerson(program.db, { password });
  const issue = (given: string) =>
    callProcedure(program.url, {
      path: "auth.issueToken",
      type: "mutation",
      input: { username: person.username, password: given },
    });
  expect((await issue("wrong")).error?.code).toBe("CREDENTIALS_INVALID");
  const { token, expiresAt } = (await issue(password)).data as { token: string; expiresAt: Date };
  expect(expiresAt.getTime()).toBeGreaterThan(Date.now());
  expect(await codeOf({ token })).toBe("ok");
  expect(await codeOf({ token: `${token}x` })).toBe("SIGN_IN_REQUIRED");
  const rows = inspect(await program.db.select().from(auditLog), { depth: null, maxArrayLength: null });
  expect(rows).not.toContain(token);
  expect(rows).not.toContain(password);
  expect(program.logs()).not.toContain(token);
  expect(program.logs()).not.toContain(password);
});
