import { createHash, randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { and, eq, inArray, isNull } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { auditLog } from "@/domains/audit/server/table";
import { apiTokens, resetLinks, sessions } from "@/domains/auth/server/table";
import { users } from "@/domains/users/server/table";
import { type Program, startProgram } from "./program";
import { type Answer, callProcedure, readAnswer } from "./program-calls";
import { mutate, password, signedIn, trySignIn } from "./program-factors";
import { addPerson, addToken, type Person } from "./program-people";
import { refresh } from "./program-refresh";
import { until } from "./program-until";

const newPassword = "another passphrase 2";
const slowly = { timeout: 60_000 };
let program: Program;

beforeAll(async () => {
  // The tests' calls come from addresses of their own choice.
  const env = { TRUSTED_PROXIES: "127.0.0.1", SINGLE_SESSION: "false", LOGIN_RATE_LIMIT_PER_MINUTE: "10" };
  program = await startProgram({ env });
});
afterAll(() => program?.end());

let addresses = 0;
const newAddress = () => `203.0.113.${++addresses}`;

async function post(path: string, input: unknown, from = newAddress()): Promise<Answer> {
  const headers = { "content-type": "application/json", "x-forwarded-for": from };
  const body = JSON.stringify({ json: input });
  return readAnswer(await fetch(`${program.url}/api/trpc/${path}`, { method: "POST", headers, body }));
}

const codeOf = async (token: string, path = "auth.me") =>
  (await callProcedure(program.url, { path, type: "query", credentials: { token } })).error?.code ?? "ok";

async function openAccess(person: Person) {
  const ofSessions = and(eq(sessions.userId, person.id), isNull(sessions.revokedAt));
  const ofTokens = and(eq(apiTokens.userId, person.id), isNull(apiTokens.revokedAt));
  return {
    sessions: await program.db.$count(sessions, ofSessions),
    tokens: await program.db.$count(apiTokens, ofTokens),
  };
}

async function addLink(person: Person): Promise<string> {
  const secret = randomBytes(24).toString("base64url");
  const hash = createHash("sha256").update(secret).digest("hex");
  await program.db.insert(resetLinks).values({ hash, userId: person.id, expiresAt: new Date(Date.now() + 3_600_000) });
  return secret;
}

it("registers an account that waits: it signs in, sees itself and nothing else", async () => {
  const username = `new-${randomBytes(3).toString("hex")}`;
  const answer = await post("auth.register", { username, password });
  expect(answer.data).toEqual({ id: expect.any(String), username, role: "user", isApproved: false, state: "waiting" });
  const { id } = answer.data as { id: string };
  const token = await addToken(program.db, id);
  expect(await codeOf(token)).toBe("ok");
  expect(await codeOf(token, "servers.list")).toBe("NOT_APPROVED");
  expect((await trySignIn(program, { id, username, token })).error).toBe(null);
  const rows = await program.db.select().from(auditLog).where(eq(auditLog.targetId, id));
  expect(rows).toMatchObject([{ action: "auth.register", actorKind: "anonymous", address: "203.0.113.1" }]);
});

it("fifty registrations of one name at once make one account, whatever the case", slowly, async () => {
  const name = `race-${randomBytes(3).toString("hex")}`;
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      post("auth.register", { username: index % 2 ? name : name.toUpperCase(), password }),
    ),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.filter(({ error }) => error?.code === "USERNAME_TAKEN")).toHaveLength(49);
  expect(await program.db.$count(users, inArray(users.username, [name, name.toUpperCase()]))).toBe(1);
});

it("lets one address register five times an hour, and refuses what everybody tries first", async () => {
  const from = newAddress();
  expect((await post("auth.register", { username: "somebody", password: "password1" }, from)).error?.code).toBe(
    "PASSWORD_TOO_COMMON",
  );
  const codes = [];
  for (let index = 0; index < 7; index++) {
    const username = `five-${index}-${randomBytes(3).toString("hex")}`;
    codes.push((await post("auth.register", { username, password }, from)).error?.code ?? "ok");
  }
  expect(codes).toEqual(["ok", "ok", "ok", "ok", "ok", "RATE_LIMITED", "RATE_LIMITED"]);
});

it("can be closed to strangers", async () => {
  const admin = await program.admin();
  await admin.system.updateSettings.mutate({ registrationEnabled: false });
  expect((await post("auth.register", { username: "too-late", password })).error?.code).toBe("REGISTRATION_CLOSED");
  await admin.system.updateSettings.mutate({ registrationEnabled: true });
});

it("changes the password for the present one alone, and ends every session and token with it", async () => {
  const { person, browser, call } = await signedIn(program);
  const link = await addLink(person);
  const change = (given: string, next = newPassword) =>
    call("auth.changePassword", { password: given, newPassword: next });
  expect((await change("wrong")).error?.code).toBe("PASSWORD_WRONG");
  expect((await change(password, "password1")).error?.details).toMatchObject({ issues: [{ path: ["newPassword"] }] });
  expect(await openAccess(person)).toEqual({ sessions: 1, tokens: 1 });

  expect((await change(password)).status).toBe(200);
  expect(await openAccess(person)).toEqual({ sessions: 0, tokens: 0 });
  expect(await codeOf(person.token)).toBe("SIGN_IN_REQUIRED");
  expect((await refresh(browser)).status).toBe(401);
  expect((await post("auth.resetPassword", { secret: link, newPassword })).error?.code).toBe("RESET_LINK_INVALID");
  expect((await trySignIn(program, person)).error).toBe("CredentialsSignin");
  expect((await trySignIn(program, person, { password: newPassword })).error).toBe(null);
  const rows = await program.db.select().from(auditLog).where(eq(auditLog.actorId, person.id));
  const changes = rows.filter(({ action }) => action === "auth.changePassword");
  expect(changes.map(({ result }) => result)).toEqual(["refused", "ok"]);
});

it("is no way to guess the password", async () => {
  const { call } = await signedIn(program);
  const codes = [];
  for (let index = 0; index < 15; index++)
    codes.push((await call("auth.changePassword", { password: `guess ${index}`, newPassword })).error?.code);
  expect(codes.filter((code) => code === "PASSWORD_WRONG").length).toBeLessThanOrEqual(10);
  expect(codes.at(-1)).toBe("RATE_LIMITED");
});

it(
  "fifty uses of one reset link at once set one password; the second factor's state stays, all access ends",
  slowly,
  async () => {
    const { person, browser } = await signedIn(program);
    await program.db.update(users).set({ hasTotp: true }).where(eq(users.id, person.id));
    const [secret, second] = [await addLink(person), await addLink(person)];
    expect((await post("auth.resetPassword", { secret, newPassword: "password1" })).error?.code).toBe(
      "PASSWORD_TOO_COMMON",
    );
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        post("auth.resetPassword", { secret, newPassword: `${newPassword} ${index}` }),
      ),
    );
    const winner = answers.findIndex(({ status }) => status === 200);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ error }) => error?.code === "RESET_LINK_INVALID")).toHaveLength(49);
    expect(answers[winner]?.data).toEqual({ username: person.username });
    expect((await post("auth.resetPassword", { secret: second, newPassword })).error?.code).toBe("RESET_LINK_INVALID");
    expect((await refresh(browser)).status).toBe(401);
    expect(await openAccess(person)).toEqual({ sessions: 0, tokens: 0 });
    const [row] = await program.db.select().from(users).where(eq(users.id, person.id));
    expect(row?.hasTotp).toBe(true);
    await program.db.update(users).set({ hasTotp: false }).where(eq(users.id, person.id));
    expect((await trySignIn(program, person, { password: `${newPassword} ${winner}` })).error).toBe(null);
  },
);

it("takes no reset link that is late, of a closed account, or made up", async () => {
  const late = await addPerson(program.db, { password });
  const lateSecret = await addLink(late);
  await program.db
    .update(resetLinks)
    .set({ expiresAt: new Date(Date.now() - 1000) })
    .where(eq(resetLinks.userId, late.id));
  const closed = await addPerson(program.db, { password, isActive: false });
  for (const secret of [lateSecret, await addLink(closed), "made-up"])
    expect((await post("auth.resetPassword", { secret, newPassword })).error?.code).toBe("RESET_LINK_INVALID");
  expect((await trySignIn(program, late)).error).toBe(null);
});

it("makes tokens with scopes of one's own, shows them once, and says where they were used last", async () => {
  const { person, call, browser } = await signedIn(program);
  const make = (input: object) => call("auth.createToken", { name: "backup", ...input });
  expect((await make({ scopes: ["users.view"] })).error?.code).toBe("PERMISSION_NOT_HELD");
  expect((await make({ scopes: [] })).error?.code).toBe("VALIDATION_FAILED");
  const { data } = await make({ scopes: ["servers.view", "servers.view"], expiresInDays: 1 });
  const { token, apiToken } = data as { token: string; apiToken: { id: string; scopes: string[]; expiresAt: Date } };
  expect(token).toMatch(/^mcsd_[\w-]{43}$/);
  expect(apiToken.scopes).toEqual(["servers.view"]);
  expect(apiToken.expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(86_400_000);
  expect(await codeOf(token, "servers.list")).toBe("ok");
  expect(await codeOf(token, "servers.defaults")).toBe("PERMISSION_MISSING");
  expect((await mutate(program.url, "auth.createToken", { name: "more" }, { token })).error?.code).toBe(
    "TOKEN_TOO_NARROW",
  );

  const list = async () =>
    (
      await callProcedure(program.url, {
        path: "auth.listTokens",
        type: "query",
        credentials: { cookie: browser.cookie() },
      })
    ).data as { id: string; lastUsedAt: Date | null; lastUsedAddress: string | null }[];
  const used = await until(
    async () => (await list()).find(({ id, lastUsedAt }) => id === apiToken.id && lastUsedAt) ?? null,
    "it is told",
  );
  expect(used.lastUsedAddress).toBe("127.0.0.1");
  const rows = inspect(await program.db.select().from(auditLog), { depth: null, maxArrayLength: null });
  expect(rows + program.logs() + inspect(await list())).not.toContain(token);

  // What its owner loses, it loses with them.
  await program.db
    .update(users)
    .set({ denied: ["servers.view"] })
    .where(eq(users.id, person.id));
  expect(await codeOf(token, "servers.list")).toBe("PERMISSION_MISSING");
  expect((await call("auth.revokeToken", { tokenId: apiToken.id })).status).toBe(200);
  expect((await call("auth.revokeToken", { tokenId: apiToken.id })).error?.code).toBe("TOKEN_NOT_FOUND");
  expect(await codeOf(token)).toBe("SIGN_IN_REQUIRED");
});

it("a token is no browser session: it renews nothing and opens no page", async () => {
  const person = await addPerson(program.db, { password });
  const page = (headers: Record<string, string>) => fetch(`${program.url}/servers`, { redirect: "manual", headers });
  for (const headers of [
    { authorization: `Bearer ${person.token}` },
    { cookie: `mcsd.session=${person.token}` },
    { cookie: `mcsd.refresh=${person.token}` },
  ] as Record<string, string>[]) {
    const opened = await page(headers);
    expect(opened.headers.get("location") ?? (await opened.text())).toContain("/login");
    const renewal = { method: "POST", headers: { ...headers, "content-type": "application/json" }, body: "{}" };
    expect((await fetch(`${program.url}/api/session/refresh`, renewal)).status).toBe(401);
  }
  const other = await addPerson(program.db, { password });
  const [row] = await program.db.select().from(apiTokens).where(eq(apiTokens.userId, other.id));
  const revoke = await mutate(program.url, "auth.revokeToken", { tokenId: row?.id }, { token: person.token });
  expect(revoke.error?.code).toBe("TOKEN_NOT_FOUND");
});
