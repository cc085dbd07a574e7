import { setTimeout as delay } from "node:timers/promises";
import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { auditLog } from "@/domains/audit/server/table";
import { sessions } from "@/domains/auth/server/table";
import { readCookie } from "@/domains/auth/session-cookies";
import { type Program, startProgram } from "./program";
import { callProcedure } from "./program-calls";
import { signedIn } from "./program-factors";
import { endedAccess, newAttempt, refresh, refreshCookie, refreshWith, rowOf } from "./program-refresh";

const dayMs = 86_400_000;
let program: Program;

beforeAll(async () => {
  program = await startProgram();
});
afterAll(() => program?.end());

async function codeOf(cookie: string, path = "auth.me"): Promise<string> {
  return (await callProcedure(program.url, { path, type: "query", credentials: { cookie } })).error?.code ?? "ok";
}

const revoked = async (sessionId: string) => {
  const [row] = await program.db.select().from(sessions).where(eq(sessions.id, sessionId));
  return row?.revokedFor;
};

it("gives two parts at sign-in, and a refresh gives both anew with the full life of the refresh part", async () => {
  const { browser, person } = await signedIn(program);
  const before = { cookie: browser.cookie(), row: await rowOf(program, browser) };
  expect(before.row).toMatchObject({ generation: 0, signedInWith: "password", userId: person.id });
  await program.db
    .update(sessions)
    .set({ expiresAt: new Date(Date.now() + dayMs) })
    .where(eq(sessions.id, before.row.id));
  const { status, data, lines } = await refreshWith(program.url, before.cookie);
  expect({ status, data }).toEqual({ status: 200, data: { seconds: 1800 } });
  expect(lines.toSorted()).toEqual([
    expect.stringMatching(/^mcsd\.fresh=1; Max-Age=1740; Path=\/; SameSite=Strict$/),
    expect.stringMatching(
      /^mcsd\.refresh=[0-9a-f-]{36}\.1\.[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict$/,
    ),
    expect.stringMatching(/^mcsd\.session=[\w.-]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/),
  ]);
  const row = await rowOf(program, browser);
  expect(row.generation).toBe(1);
  expect(row.expiresAt.getTime()).toBeGreaterThan(Date.now() + 29 * dayMs);
  const session = /mcsd\.session=[^;]+/.exec(lines.join("\n"))?.[0] ?? "";
  expect(await codeOf(session)).toBe("ok");
});

it("refuses an access part that has ended; next-auth's session route does not prolong it, a refresh does", async () => {
  const { browser, person } = await signedIn(program);
  const { id: sessionId } = await rowOf(program, browser);
  const ended = await endedAccess(program, { sessionId, person });
  const both = `${ended}; ${refreshCookie(browser)}`;
  expect(await codeOf(both)).toBe("SIGN_IN_REQUIRED");
  const upload = `${program.url}/api/servers/${crypto.randomUUID()}/files?path=server.jar`;
  expect((await fetch(upload, { method: "PUT", headers: { cookie: both }, body: "x" })).status).toBe(401);

  const asked = await fetch(`${program.url}/api/auth/session`, { headers: { cookie: ended } });
  const rewritten = /mcsd\.session=[^;]+/.exec(asked.headers.getSetCookie().join("\n"))?.[0] ?? "";
  expect(rewritten).not.toBe("");
  expect(await codeOf(rewritten)).toBe("SIGN_IN_REQUIRED");

  const { status, lines } = await refreshWith(program.url, both);
  expect(status).toBe(200);
  expect(await codeOf(/mcsd\.session=[^;]+/.exec(lines.join("\n"))?.[0] ?? "")).toBe("ok");
});

it("sends a page load with an ended access part to be renewed, and one without a session to the sign-in", async () => {
  const { browser, person } = await signedIn(program);
  const { id: sessionId } = await rowOf(program, browser);
  const open = (cookie: string) => fetch(`${program.url}/account?a=1`, { redirect: "manual", headers: { cookie } });
  const placeOf = async (response: Response) => response.headers.get("location") ?? (await response.text());
  const ended = await endedAccess(program, { sessionId, person });
  expect(await placeOf(await open(ended))).toContain("/renew?callbackUrl=%2Faccount");
  const renew = await fetch(`${program.url}/renew?callbackUrl=/account`, { headers: { cookie: ended } });
  expect(renew.status).toBe(200);
  expect(await placeOf(await open("mcsd.session=made-up"))).toContain("/login?callbackUrl=%2Faccount");
  await program.db.update(sessions).set({ revokedAt: new Date() }).where(eq(sessions.id, sessionId));
  expect(await placeOf(await open(browser.cookie()))).toContain("/login?callbackUrl=%2Faccount");
});

it("ends the session, and the thief's with it, when a refresh secret is used a second time", async () => {
  const { browser, person } = await signedIn(program);
  const stolen = refreshCookie(browser);
  const thief = await refreshWith(program.url, stolen);
  expect(thief.status).toBe(200);
  const stream = await fetch(`${program.url}/api/trpc/servers.events`, { headers: { cookie: browser.cookie() } });
  const reader = stream.body?.getReader();
  await reader?.read();

  const victim = await refresh(browser);
  expect([victim.status, victim.error?.code]).toEqual([401, "SIGN_IN_REQUIRED"]);
  const row = await rowOf(program, browser);
  expect(row.revokedFor).toBe("reused");
  expect(await codeOf(browser.cookie())).toBe("SIGN_IN_REQUIRED");
  expect((await refreshWith(program.url, `mcsd.refresh=${thief.secret}`)).status).toBe(401);
  const untilEnd = async () => {
    while (!(await reader?.read())?.done);
    return "ended";
  };
  expect(await Promise.race([untilEnd(), delay(5000, "goes on")])).toBe("ended");
  const [entry] = await program.db
    .select()
    .from(auditLog)
    .where(eq(auditLog.targetId, row.id))
    .orderBy(desc(auditLog.id));
  expect(entry).toMatchObject({ action: "auth.refreshReused", result: "refused", actorId: person.id });
  // A secret of long ago is recognised all the same, and nothing more happens.
  expect((await refreshWith(program.url, stolen)).status).toBe(401);
});

it("answers the attempt that made the last renewal the same again, for a minute: a lost answer is no theft", async () => {
  const { browser } = await signedIn(program);
  const first = refreshCookie(browser);
  const attempt = newAttempt();
  const answers = [await refreshWith(program.url, first, attempt), await refreshWith(program.url, first, attempt)];
  expect(new Set(answers.map(({ secret }) => secret)).size).toBe(1);
  const { id } = await rowOf(program, browser);
  expect((await rowOf(program, browser)).generation).toBe(1);

  // One renewal later the first secret is an old one, whoever brings it.
  const second = `mcsd.refresh=${answers[0]?.secret}`;
  const later = newAttempt();
  expect((await refreshWith(program.url, second, later)).status).toBe(200);
  await program.db
    .update(sessions)
    .set({ refreshedAt: new Date(Date.now() - 61_000) })
    .where(eq(sessions.id, id));
  expect((await refreshWith(program.url, second, later)).status).toBe(401);
  expect(await revoked(id)).toBe("reused");
});

it("without an attempt there is no asking again", async () => {
  const { browser } = await signedIn(program);
  const post = () =>
    browser.fetch("/api/session/refresh", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
  const first = browser.cookie();
  expect((await post()).status).toBe(200);
  expect((await refreshWith(program.url, first)).status).toBe(401);
  expect((await rowOf(program, browser)).revokedFor).toBe("reused");
});

it("fifty at once with one secret: of one attempt all get the same, of fifty attempts the session ends", async () => {
  const one = await signedIn(program);
  const attempt = newAttempt();
  const same = await Promise.all(
    Array.from({ length: 50 }, () => refreshWith(program.url, refreshCookie(one.browser), attempt)),
  );
  expect(same.filter(({ status }) => status === 200)).toHaveLength(50);
  expect(new Set(same.map(({ secret }) => secret)).size).toBe(1);
  expect(await rowOf(program, one.browser)).toMatchObject({ generation: 1, revokedAt: null });

  const many = await signedIn(program);
  const different = await Promise.all(
    Array.from({ length: 50 }, () => refreshWith(program.url, refreshCookie(many.browser))),
  );
  const winners = different.filter(({ status }) => status === 200);
  expect(winners).toHaveLength(1);
  expect(different.filter(({ status }) => status === 401)).toHaveLength(49);
  expect(await rowOf(program, many.browser)).toMatchObject({ generation: 1, revokedFor: "reused" });
  expect((await refreshWith(program.url, `mcsd.refresh=${winners[0]?.secret}`)).status).toBe(401);
  expect(await codeOf(many.browser.cookie())).toBe("SIGN_IN_REQUIRED");
});

it("refuses forged secrets without any effect", async () => {
  const { browser } = await signedIn(program);
  const other = await signedIn(program);
  const secret = readCookie(browser.cookie(), "mcsd.refresh") ?? "";
  const [id = "", generation = "", mac = ""] = secret.split(".");
  const otherId = readCookie(other.browser.cookie(), "mcsd.refresh")?.split(".")[0];
  const forged = [
    `${id}.${generation}.${mac.slice(0, -1)}${mac.endsWith("A") ? "E" : "A"}`,
    `${id}.${Number(generation) + 1}.${mac}`,
    `${otherId}.${generation}.${mac}`,
    `${id}.${generation}.`,
    `${id}.-1.${mac}`,
    `${secret}.${mac}`,
    `${id}.0${generation}.${mac}`,
    "",
    "x".repeat(5000),
  ];
  const statuses = [];
  for (const value of forged) statuses.push((await refreshWith(program.url, `mcsd.refresh=${value}`)).status);
  expect(statuses.filter((status) => status !== 401)).toEqual([]);
  expect((await rowOf(program, browser)).generation).toBe(0);
  expect(await rowOf(program, other.browser)).toMatchObject({ generation: 0, revokedAt: null });
});

it("lets no other page ask, and nothing but a small JSON body", async () => {
  const { browser } = await signedIn(program);
  const cookie = browser.cookie();
  const post = async (headers: Record<string, string>, body = "{}", method = "POST") => {
    const init = { method, headers: { cookie, "content-type": "application/json", ...headers } };
    return (await fetch(`${program.url}/api/session/refresh`, method === "GET" ? init : { ...init, body })).status;
  };
  expect(await post({ origin: "https://evil.example" })).toBe(403);
  expect(await post({ "sec-fetch-site": "cross-site" })).toBe(403);
  expect(await post({ "sec-fetch-site": "same-site" })).toBe(403);
  for (const type of [
    "application/x-www-form-urlencoded",
    "text/plain",
    "multipart/form-data",
    "application/octet-stream",
  ])
    expect(await post({ "content-type": type })).toBe(400);
  expect(await post({}, "", "GET")).toBe(400);
  for (const body of [
    "",
    "no json",
    "[]",
    '{"attempt":1}',
    '{"attempt":"short"}',
    `{"attempt":"${"a".repeat(10_000)}"}`,
  ])
    expect(await post({}, body)).toBe(400);
  expect(await rowOf(program, browser)).toMatchObject({ generation: 0, revokedAt: null });
});

it("a session outlives kill -9, and so does what a refresh has used up", { timeout: 60_000 }, async () => {
  const { browser } = await signedIn(program);
  const old = refreshCookie(browser);
  expect((await refresh(browser)).status).toBe(200);
  await program.kill9();
  await program.start();
  expect(await codeOf(browser.cookie())).toBe("ok");
  expect((await refresh(browser)).status).toBe(200);
  expect((await refreshWith(program.url, old)).status).toBe(401);
  expect(await codeOf(browser.cookie())).toBe("SIGN_IN_REQUIRED");
});
