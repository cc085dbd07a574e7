import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sessions } from "@/domains/auth/server/table";
import { killIfThere, type Program, startProgram } from "./program";
import { callProcedure } from "./program-calls";
import { postmasterOf } from "./program-database";
import { password, signedIn } from "./program-factors";
import { endedAccess, newAttempt, refresh, refreshCookie, refreshWith, rowOf } from "./program-refresh";
import { openBrowser } from "./program-session";
import { until } from "./program-until";

let program: Program;

beforeAll(async () => {
  program = await startProgram({ embedded: true });
});
afterAll(() => program?.end());

/** While the work goes on, the database is killed again as soon as it is back. */
async function withoutDatabase<Result>(work: () => Promise<Result>): Promise<Result> {
  let isOver = false;
  const killing = (async () => {
    while (!isOver) {
      try {
        killIfThere(postmasterOf(program.dataDir).pid);
      } catch {
        // It is not back yet.
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  try {
    await until(async () => (await fetch(`${program.url}/api/v1/health`)).status === 503, "it is gone");
    return await work();
  } finally {
    isOver = true;
    await killing;
    await until(async () => (await fetch(`${program.url}/api/v1/health`)).status === 200, "it is back", 60_000);
  }
}

it("without its database nobody is signed in, out or renewed, and everybody is told why", {
  timeout: 180_000,
}, async () => {
  const { browser, person } = await signedIn(program);
  const { id: sessionId } = await rowOf(program, browser);
  const ended = `${await endedAccess(program, { sessionId, person })}; ${refreshCookie(browser)}`;
  const credentials = { username: person.username, password };
  const attempt = newAttempt();

  await withoutDatabase(async () => {
    const unavailable = { status: 503, code: "DATABASE_UNAVAILABLE" };
    const renewed = await refreshWith(program.url, ended, attempt);
    expect({ status: renewed.status, code: renewed.error?.code, lines: renewed.lines }).toEqual({
      ...unavailable,
      lines: [],
    });

    const stranger = openBrowser(program.url);
    const answer = await stranger.signIn(credentials);
    expect({ status: answer.status, error: answer.error }).toEqual({ status: 503, error: "UNAVAILABLE" });
    expect((JSON.parse(answer.text) as { error: { code: string } }).error.code).toBe("DATABASE_UNAVAILABLE");
    expect(stranger.cookie()).not.toContain("mcsd.session");

    const held = browser.cookie();
    await browser.signOut();
    expect(browser.cookie()).toContain("mcsd.session=");
    expect(browser.cookie()).toContain("mcsd.refresh=");

    for (const given of [{ cookie: held }, { token: person.token }, { cookie: held, token: "mcsd_made-up" }]) {
      const { status, error } = await callProcedure(program.url, {
        path: "auth.me",
        type: "query",
        credentials: given,
      });
      expect({ status, code: error?.code }).toEqual(unavailable);
    }
    for (const path of ["auth.register", "auth.issueToken"]) {
      const { status, error } = await callProcedure(program.url, { path, type: "mutation", input: credentials });
      expect({ path, status, code: error?.code }).toEqual({ path, ...unavailable });
    }
    for (const [path, cookie] of [
      ["/login", held],
      ["/account", held],
      ["/login", ""],
      ["/renew", ended],
    ] as const) {
      const page = await fetch(program.url + path, { redirect: "manual", headers: { cookie } });
      expect({ path, place: page.headers.get("location") }).toEqual({ path, place: null });
      if (path !== "/renew") expect(await page.text()).toContain("The database cannot be reached");
    }
  });

  const [row] = await program.db.select().from(sessions).where(eq(sessions.id, sessionId));
  expect(row).toMatchObject({ generation: 0, revokedAt: null });
  const me = { path: "auth.me", type: "query", credentials: { cookie: browser.cookie() } } as const;
  expect((await callProcedure(program.url, me)).status).toBe(200);
  expect((await refresh(browser, attempt)).status).toBe(200);
});
