import { randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sessions } from "@/domains/auth/server/table";
import { users } from "@/domains/users/server/table";
import { dataPaths } from "@/server/fs/data-paths";
import { type Program, startProgram } from "./program";
import { callProcedure, headersOf } from "./program-calls";
import { password, signedIn } from "./program-factors";
import { refresh, rowOf } from "./program-refresh";
import { openBrowser } from "./program-session";

let program: Program;

beforeAll(async () => {
  program = await startProgram();
});
afterAll(() => program?.end());

async function codeOf(cookie: string): Promise<string> {
  return (
    (await callProcedure(program.url, { path: "auth.me", type: "query", credentials: { cookie } })).error?.code ?? "ok"
  );
}

const revoked = async (sessionId: string) => {
  const [row] = await program.db.select().from(sessions).where(eq(sessions.id, sessionId));
  return row?.revokedFor;
};

it("uses cookies with __Host- on https, and takes no others there", async () => {
  const https = await startProgram({ env: { PUBLIC_URL: "https://mc.example.org" } });
  try {
    const { browser } = await signedIn(https);
    const names = browser
      .cookie()
      .split("; ")
      .map((part) => part.split("=")[0]);
    expect(names.toSorted()).toEqual(
      ["callback", "csrf", "fresh", "refresh", "session"].map((name) => `__Host-mcsd.${name}`),
    );
    const headers = (cookie: string) => ({ "content-type": "application/json", cookie });
    const post = (cookie: string) =>
      fetch(`${https.url}/api/session/refresh`, { method: "POST", headers: headers(cookie), body: "{}" });
    const planted = browser.cookie().replaceAll("__Host-", "");
    expect((await post(planted)).status).toBe(401);
    expect((await fetch(`${https.url}/api/trpc/auth.me`, { headers: { cookie: planted } })).status).toBe(401);
    const renewed = await post(browser.cookie());
    expect(renewed.status).toBe(200);
    for (const line of renewed.headers.getSetCookie()) expect(line).toMatch(/^__Host-mcsd\..*; Path=\/; Secure/);
  } finally {
    await https.end();
  }
});

it("a new sign-in ends the one before it for good, a sign-out takes all three cookies", async () => {
  const { browser, person } = await signedIn(program);
  const first = await rowOf(program, browser);
  const second = openBrowser(program.url);
  await second.signIn({ username: person.username, password: password });
  expect(await revoked(first.id)).toBe("replaced");
  expect((await refresh(browser)).status).toBe(401);
  expect(await revoked(first.id)).toBe("replaced");
  const { id } = await rowOf(program, second);
  await second.signOut();
  expect(second.cookie()).not.toMatch(/mcsd\.(session|refresh|fresh)/);
  expect(await revoked(id)).toBe("sign_out");
});

it("twenty sign-ins of one person at once leave one session", async () => {
  const { person } = await signedIn(program);
  const browsers = Array.from({ length: 20 }, () => openBrowser(program.url));
  await Promise.all(browsers.map((browser) => browser.signIn({ username: person.username, password: password })));
  const codes = await Promise.all(browsers.map((browser) => codeOf(browser.cookie())));
  expect(codes.filter((code) => code === "ok")).toHaveLength(1);
});

it("shows and ends one's own sessions, nobody else's", async () => {
  const several = await startProgram({ env: { SINGLE_SESSION: "false" } });
  try {
    const { browser, person, call } = await signedIn(several);
    const others = [openBrowser(several.url), openBrowser(several.url)];
    for (const other of others) await other.signIn({ username: person.username, password: password });
    const list = async () => {
      const credentials = { cookie: browser.cookie() };
      const { data } = await callProcedure(several.url, { path: "auth.listSessions", type: "query", credentials });
      return data as { id: string; isCurrent: boolean; signedInWith: string; lastSeenAt: Date | null }[];
    };
    const listed = await list();
    expect(listed).toHaveLength(3);
    const current = await rowOf(several, browser);
    expect(listed.filter(({ isCurrent }) => isCurrent).map(({ id }) => id)).toEqual([current.id]);
    expect(listed[0]).toMatchObject({ signedInWith: "password", lastSeenAt: expect.any(Date) });

    const stranger = await signedIn(several);
    const strange = await rowOf(several, stranger.browser);
    expect((await call("auth.revokeSession", { sessionId: strange.id })).error?.code).toBe("SESSION_NOT_FOUND");
    const [first, second] = await Promise.all(others.map((other) => rowOf(several, other)));
    expect((await call("auth.revokeSession", { sessionId: first?.id })).error).toBe(null);
    expect((await call("auth.revokeSession", { sessionId: first?.id })).error?.code).toBe("SESSION_NOT_FOUND");
    expect((await call("auth.revokeOtherSessions")).data).toEqual({ ended: 1 });
    expect((await list()).map(({ id }) => id)).toEqual([current.id]);
    const me = (cookie: string) => fetch(`${several.url}/api/trpc/auth.me`, { headers: headersOf({ cookie }) });
    expect((await Promise.all(others.map((other) => me(other.cookie())))).map(({ status }) => status)).toEqual([
      401, 401,
    ]);
    expect((await rowOf(several, others[1] ?? browser)).revokedFor).toBe(second ? "ended" : "");
    expect((await me(stranger.browser.cookie())).status).toBe(200);
  } finally {
    await several.end();
  }
});

/** A custom server of the person's, and an upload of its jar that has begun and goes on until it is cut off. */
async function openUpload(
  credentials: { cookie: string } | { token: string },
  call: (path: string, input: unknown) => Promise<{ data: unknown }>,
) {
  const input = {
    name: `For uploads ${randomBytes(3).toString("hex")}`,
    type: "custom",
    version: "1",
    memoryMb: 128,
    acceptEula: false,
    wait: true,
  };
  const { id } = (await call("servers.create", input)).data as { id: string };
  const upload = httpRequest(`${program.url}/api/servers/${id}/files?path=server.jar`, {
    method: "PUT",
    headers: headersOf(credentials),
  });
  const answer = new Promise<{ status: number; code: string }>((resolve, reject) => {
    upload.on("error", reject).on("response", async (response) => {
      let text = "";
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode ?? 0, code: JSON.parse(text).error?.code });
    });
  });
  const timer = setInterval(() => upload.write(Buffer.alloc(1000)), 100);
  const { uploads, serverFolder } = dataPaths(program.dataDir);
  while ((await readdir(uploads)).length === 0) await delay(20);
  const remains = async () => [
    ...(await readdir(uploads)),
    ...(await readdir(serverFolder(id))).filter((name) => name === "server.jar"),
  ];
  return { answer: answer.finally(() => clearInterval(timer)), remains };
}

it("cuts off an upload within five seconds when its session, its token or its right has ended, and keeps nothing of it", {
  timeout: 60_000,
}, async () => {
  const cases: [string, (who: Awaited<ReturnType<typeof signedIn>>) => Promise<unknown>, number, string][] = [
    [
      "session",
      async ({ browser }) =>
        program.db
          .update(sessions)
          .set({ revokedAt: new Date() })
          .where(eq(sessions.id, (await rowOf(program, browser)).id)),
      401,
      "SIGN_IN_REQUIRED",
    ],
    [
      "deactivated",
      ({ person }) => program.db.update(users).set({ isActive: false }).where(eq(users.id, person.id)),
      401,
      "SIGN_IN_REQUIRED",
    ],
    [
      "right",
      ({ person }) =>
        program.db
          .update(users)
          .set({ denied: ["files.upload"] })
          .where(eq(users.id, person.id)),
      403,
      "PERMISSION_MISSING",
    ],
  ];
  for (const [what, end, status, code] of cases) {
    const who = await signedIn(program);
    const { answer, remains } = await openUpload({ cookie: who.browser.cookie() }, who.call);
    await end(who);
    const begin = performance.now();
    expect({ what, ...(await answer) }).toEqual({ what, status, code });
    expect(performance.now() - begin).toBeLessThan(5000);
    expect(await remains()).toEqual([]);
  }
});

it("lets an upload go on when a right has changed that it does not need", { timeout: 30_000 }, async () => {
  const who = await signedIn(program);
  const { answer } = await openUpload({ cookie: who.browser.cookie() }, who.call);
  await program.db
    .update(users)
    .set({ denied: ["backups.create"] })
    .where(eq(users.id, who.person.id));
  expect(await Promise.race([answer, delay(7000, "goes on")])).toBe("goes on");
  await program.db.update(users).set({ isActive: false }).where(eq(users.id, who.person.id));
  expect((await answer).status).toBe(401);
});
