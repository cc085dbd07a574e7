import { afterEach, beforeEach, expect, it, vi } from "vitest";

/** What tabs of one browser share: cookies and storage; and a server that answers as the test says. */
const shared = { cookie: "", storage: new Map<string, string>(), attempts: [] as string[] };
let answer: () => Promise<Response>;

/** Each tab has a module of its own. */
async function openTab() {
  vi.resetModules();
  return import("./renew-session");
}

beforeEach(() => {
  Object.assign(shared, { cookie: "", storage: new Map(), attempts: [] });
  answer = async () => {
    shared.cookie = `mcsd.fresh=${shared.attempts.length}`;
    return Response.json({ seconds: 60 });
  };
  const localStorage = {
    getItem: (key: string) => shared.storage.get(key) ?? null,
    setItem: (key: string, value: string) => shared.storage.set(key, value),
  };
  vi.stubGlobal("document", {
    get cookie() {
      return shared.cookie;
    },
  });
  vi.stubGlobal("window", { localStorage });
  // As on plain http: no locks.
  vi.stubGlobal("navigator", {});
  vi.stubGlobal("fetch", async (_path: string, init: RequestInit) => {
    shared.attempts.push((JSON.parse(String(init.body)) as { attempt: string }).attempt);
    return answer();
  });
});
afterEach(() => vi.unstubAllGlobals());

it("asks once, however many calls of a tab are refused at once", async () => {
  const { renewSession } = await openTab();
  const renewals = await Promise.all([1, 2, 3].map(() => renewSession(undefined)));
  expect(renewals).toEqual(Array(3).fill({ kind: "renewed" }));
  expect(shared.attempts).toHaveLength(1);
});

it("does not ask when another tab has renewed since the call that was refused", async () => {
  const { renewSession } = await openTab();
  shared.cookie = "theme=dark; mcsd.fresh=7";
  expect(await renewSession("6")).toEqual({ kind: "renewed" });
  expect(await renewSession(undefined)).toEqual({ kind: "renewed" });
  expect(shared.attempts).toEqual([]);
  expect(await renewSession("7")).toEqual({ kind: "renewed" });
  expect(shared.attempts).toHaveLength(1);
});

it("two tabs without locks ask with one attempt, and with another the next time", async () => {
  const [first, second] = [await openTab(), await openTab()];
  await Promise.all([first.renewSession(undefined), second.renewSession(undefined)]);
  expect(shared.attempts.length).toBeGreaterThan(0);
  expect(new Set(shared.attempts).size).toBe(1);
  const [before] = shared.attempts.splice(0);
  shared.cookie = "";
  await first.renewSession(undefined);
  expect(shared.attempts).toHaveLength(1);
  expect(shared.attempts[0]).not.toBe(before);
});

it("asks again with the same attempt when the answer was lost", async () => {
  const { renewSession } = await openTab();
  const good = answer;
  answer = () => Promise.reject(new TypeError("Failed to fetch"));
  expect(await renewSession(undefined)).toEqual({ kind: "failed", error: null });
  answer = good;
  expect(await renewSession(undefined)).toEqual({ kind: "renewed" });
  expect(shared.attempts).toHaveLength(2);
  expect(new Set(shared.attempts).size).toBe(1);
});

it("tells an ended session from a database that is away and from too many calls", async () => {
  const { renewSession } = await openTab();
  answer = async () => Response.json({ error: { code: "SIGN_IN_REQUIRED" } }, { status: 401 });
  expect(await renewSession(undefined)).toEqual({ kind: "ended" });
  for (const [status, code] of [
    [503, "DATABASE_UNAVAILABLE"],
    [429, "RATE_LIMITED"],
  ] as const) {
    answer = async () => Response.json({ error: { code } }, { status });
    expect(await renewSession(undefined)).toEqual({ kind: "failed", error: { code } });
  }
  answer = async () => new Response("<html>", { status: 502 });
  expect(await renewSession(undefined)).toEqual({ kind: "failed", error: null });
});

it("works where storage is switched off, and where another tab sits on the lock", async () => {
  vi.stubGlobal("window", {
    get localStorage(): never {
      throw new Error("denied");
    },
  });
  vi.stubGlobal("navigator", { locks: { request: () => Promise.reject(new DOMException("late", "TimeoutError")) } });
  const { renewSession } = await openTab();
  expect(await renewSession(undefined)).toEqual({ kind: "renewed" });
});
