import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { listFiles, projectRoot } from "./import-graph";
import { maskComments } from "./mask-comments";
import { type Matrix, openMatrix, unknownIds, type Visitor, visitors } from "./matrix-people";
import { type Caller, callers } from "./procedures-table";
import { type Credentials, headersOf } from "./program-calls";
import { ownRoutes, type PageRow, pages, type RouteRow } from "./routes-table";

const isLong = process.env.MCSD_LONG === "1";
let matrix: Matrix;

beforeAll(async () => {
  matrix = await openMatrix();
});
afterAll(() => matrix?.program.end());

it("has a row for everything that main.ts answers itself", () => {
  const text = maskComments(readFileSync(join(projectRoot, "src/server/http/create-app-server.ts"), "utf8"));
  const comparisons = [
    ...text.matchAll(/\bpath\s*[!=]==?\s*("[^"]*"|\w+)/g),
    ...text.matchAll(/\bpath\s*\.\s*\w+\(("[^"]*"|\w+)\)/g),
    ...text.matchAll(/\b(\w+)\s*\.\s*(?:exec|test|has|get)\(path\b/g),
  ];
  const routes = comparisons.map(([, subject = ""]) => subject);
  expect([...new Set(routes)].sort()).toEqual(Object.keys(ownRoutes).sort());
});

it("has a row for every page and route of src/app", () => {
  const found = listFiles("src/app", /\/(?:page|route)\.tsx?$/).map(
    (file) =>
      `/${file
        .replace(/^src\/app\//, "")
        .split("/")
        .slice(0, -1)
        .filter((part) => !part.startsWith("("))
        .join("/")}`,
  );
  expect(found.sort()).toEqual(Object.keys(pages).sort());
});

it("answers everybody what they may have by plain HTTP, and nothing else", { timeout: 120_000 }, async () => {
  const { program, ids, credentials } = matrix;
  const unexpected: string[] = [];
  let calls = 0;
  const check = async (row: RouteRow, isReal: boolean, caller: Caller) => {
    const path = row.path(isReal ? ids : unknownIds());
    const wanted = outcomeOf(row, isReal, caller);
    const got = await send(program.url, { method: row.method, path, body: row.body, credentials: credentials[caller] });
    calls++;
    if (got !== wanted) unexpected.push(`${row.method} ${path} as ${caller}: ${got}, not ${wanted}`);
  };
  const rows = Object.values(ownRoutes).flatMap((found) => found ?? []);
  // One upload at a time: the server's lock would refuse all others.
  for (const row of rows) {
    for (const isReal of row.missing ? [true, false] : [true]) {
      // One upload at a time: the server's lock would refuse all others.
      for (const caller of callers) await check(row, isReal, caller);
    }
  }
  console.log(`${rows.length} routes, ${callers.length} callers: ${calls} calls, ${unexpected.length} unexpected`);
  expect(unexpected).toEqual([]);
});

function outcomeOf({ passes, missing, except = {} }: RouteRow, isReal: boolean, caller: Caller): string {
  const known = except[caller];
  // Whether a server is there is told to nobody who does not reach it: a member's refusal is one of a server that is there.
  if (!isReal && missing && (!known || (caller === "member" && known.startsWith("403")))) return missing;
  return known ?? passes;
}

interface Sent {
  method: string;
  path: string;
  body?: string;
  credentials: Credentials;
}

async function send(url: string, { method, path, body, credentials }: Sent): Promise<string> {
  const headers = { ...headersOf(credentials), ...(body === "{}" ? { "content-type": "application/json" } : {}) };
  const response = await fetch(`${url}${path}`, { method, body, headers, redirect: "manual" });
  const text = await response.text();
  const code = response.status >= 400 ? /"code":"([A-Z_]+)"/.exec(text)?.[1] : undefined;
  return code ? `${response.status} ${code}` : `${response.status}`;
}

it("shows every page to those whom it is for, and no name to anybody else", { timeout: 240_000 }, async () => {
  const { program, ids, browsers, serverName, username } = matrix;
  const unexpected: string[] = [];
  let calls = 0;
  const check = async (page: PageRow, isReal: boolean, visitor: Visitor) => {
    const path = page.path(isReal ? ids : unknownIds());
    const response = await fetch(`${program.url}${path}`, {
      headers: headersOf(browsers[visitor]),
      redirect: "manual",
    });
    const text = await response.text();
    calls++;
    const say = (what: string) => unexpected.push(`${path} as ${visitor}: ${what}`);
    const location = response.headers.get("location");
    const leads = location ? new URL(location, program.url).pathname : null;
    if (isStranger(visitor) && !page.isOpen && leads !== "/login" && leads !== "/renew" && leads !== "/servers")
      say(`${response.status} and not on to the sign-in page`);
    if (response.status >= 500) say(`${response.status}`);
    const mayShow = (to: readonly Visitor[] | undefined) => isReal && (to?.includes(visitor) ?? false);
    for (const [what, name, to] of [
      ["server", serverName, page.showsServer],
      ["user", username, page.showsUser],
    ] as const) {
      if (text.includes(name) && !mayShow(to)) say(`shows the ${what}'s name`);
      if (mayShow(to) && what === (page.showsServer ? "server" : "user") && !text.includes(name))
        say(`does not show the ${what}'s name`);
    }
  };
  // What is not there is the same nothing for everybody: the long run asks as all of them.
  const ofUnknown = isLong ? visitors : (["anonymous", "member", "admin"] as const);
  for (const page of Object.values(pages)) {
    await Promise.all(visitors.map((visitor) => check(page, true, visitor)));
    if (page.path(ids) === page.path(unknownIds())) continue;
    await Promise.all(ofUnknown.map((visitor) => check(page, false, visitor)));
  }
  console.log(
    `${Object.keys(pages).length} pages, ${visitors.length} visitors: ${calls} calls, ${unexpected.length} unexpected`,
  );
  expect(unexpected).toEqual([]);
});

function isStranger(visitor: Visitor): boolean {
  return visitor === "anonymous" || visitor === "deactivated" || visitor === "revokedSession";
}
