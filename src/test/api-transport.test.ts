import superjson from "superjson";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faultOf } from "./api-answer-faults";
import { listProcedures } from "./procedures-list";
import { administrator, type Program, startProgram } from "./program";
import { type Answer, readAnswer } from "./program-calls";
import { openBrowser } from "./program-session";

const mutations = listProcedures().filter(({ type }) => type === "mutation");
let program: Program;
let cookie: string;
let serverId: string;

beforeAll(async () => {
  program = await startProgram();
  const browser = openBrowser(program.url);
  await browser.signIn(administrator);
  cookie = browser.cookie();
  const admin = await program.admin();
  const input = {
    name: "At stake",
    type: "custom",
    version: "1",
    memoryMb: 128,
    acceptEula: false,
    wait: true,
  } as const;
  const created = await admin.servers.create.mutate(input);
  serverId = "id" in created ? created.id : "";
});
afterAll(() => program?.end());

/** As the administrator's browser would, unless the headers say otherwise. */
async function send(path: string, init: RequestInit = {}): Promise<Answer> {
  const headers = { cookie, "content-type": "application/json", ...(init.headers as Record<string, string>) };
  return readAnswer(await fetch(`${program.url}/api/trpc/${path}`, { method: "POST", ...init, headers }));
}

const rename = (description: string) => JSON.stringify(superjson.serialize({ serverId, description }));
const descriptionNow = async () => (await (await program.admin()).servers.get.query({ serverId })).description;

/** What is refused must be refused in the one form. */
function expectRefused(answer: Answer, what: string): void {
  expect(faultOf(answer), what).toBeNull();
  expect(answer.error, `${what} was let in: ${answer.text.slice(0, 200)}`).not.toBeNull();
}

describe("what a page of another site could send", () => {
  it.each([
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded",
    "text/plain",
    "text/plain;charset=UTF-8, application/json",
    "application/octet-stream",
    "application/jsonp",
    "application/json, text/plain",
    "application/json; charset=utf-16",
    "",
  ])("is refused for every change as %j", async (contentType) => {
    for (const { path } of mutations) {
      const answer = await send(path, { body: rename("by a form"), headers: { "content-type": contentType } });
      expectRefused(answer, path);
      expect(answer.error?.code).toBe("BAD_REQUEST");
    }
    expect(await descriptionNow()).toBe("");
  });

  it.each([
    [{ origin: "https://evil.example" }],
    [{ origin: "null" }],
    [{ origin: "http://127.0.0.1:1" }],
    [{ "sec-fetch-site": "cross-site" }],
    [{ "sec-fetch-site": "same-site" }],
    // A browser adds these by itself, so they must not count as a token.
    [{ origin: "https://evil.example", authorization: "Basic YTpi" }],
  ])("is refused with %j", async (headers) => {
    for (const { path } of mutations) {
      const answer = await send(path, { body: rename("by another site"), headers });
      expectRefused(answer, path);
      expect(answer.error?.code).toBe("ORIGIN_REFUSED");
      expect(answer.headers.get("access-control-allow-origin")).toBeNull();
    }
    const query = await send("servers.list", { method: "GET", headers });
    expect(query.error?.code).toBe("ORIGIN_REFUSED");
    const asked = await fetch(`${program.url}/api/trpc/auth.me`, { method: "OPTIONS", headers });
    expect(asked.headers.get("access-control-allow-origin")).toBeNull();
    expect(await descriptionNow()).toBe("");
  });

  it("is let in from our own origin", async () => {
    const headers = { origin: program.url, "sec-fetch-site": "same-origin" };
    expect((await send("auth.setPreferences", { body: '{"json":{"theme":"dark"}}', headers })).error).toBeNull();
  });
});

describe("methods", () => {
  it("changes nothing by GET and understands no other", async () => {
    const input = encodeURIComponent(rename("by GET"));
    for (const { path } of mutations) {
      expectRefused(await send(`${path}?input=${input}`, { method: "GET" }), `GET ${path}`);
      for (const method of ["PUT", "PATCH", "DELETE"]) {
        expectRefused(await send(path, { method, body: rename(method) }), `${method} ${path}`);
      }
      const head = await fetch(`${program.url}/api/trpc/${path}?input=${input}`, {
        method: "HEAD",
        headers: { cookie },
      });
      expect(head.status).toBeGreaterThanOrEqual(400);
      expect(head.status).toBeLessThan(500);
    }
    const overridden = await send("servers.update", {
      body: rename("x"),
      headers: { "x-http-method-override": "GET" },
    });
    expect(faultOf(overridden)).toBeNull();
  });
});

describe("batches", () => {
  const batch = (size: number) => {
    const paths = Array(size).fill("servers.update");
    const bodies = paths.map((_, index) => [index, superjson.serialize({ serverId, description: `batch ${index}` })]);
    return { paths, body: JSON.stringify(Object.fromEntries(bodies)) };
  };

  it.each([11, 1000])("of %i calls do nothing at all", async (size) => {
    const before = await descriptionNow();
    const { paths, body } = batch(size);
    for (const separator of [",", "%2C"]) {
      const answer = await send(`${paths.join(separator)}?batch=1`, { body });
      expectRefused(answer, `${size} by ${separator}`);
    }
    expect(await descriptionNow()).toBe(before);
  });

  it("of ten are carried out, each for itself", async () => {
    const { paths, body } = batch(10);
    const response = await fetch(`${program.url}/api/trpc/${paths.join(",")}?batch=1`, {
      method: "POST",
      headers: { cookie, "content-type": "application/json" },
      body,
    });
    const answers = (await response.json()) as object[];
    expect(answers).toHaveLength(10);
    expect(answers.some((answer) => "result" in answer)).toBe(true);
  });
});

describe("bodies that are none", () => {
  const nested = (depth: number) => `{"json":${"[".repeat(depth)}${"]".repeat(depth)}}`;
  it.each<[string, string]>([
    ["nothing", ""],
    ["half an object", "{"],
    ["null", "null"],
    ["an array", "[]"],
    ["a text", '"servers"'],
    ["NUL", "\u0000"],
    ["not superjson", '{"serverId":"x"}'],
    ["a type that is none", '{"json":{"serverId":"x"},"meta":{"values":{"serverId":[["custom","Evil"]]}}}'],
    ["a bigint of letters", '{"json":{"serverId":"abc"},"meta":{"values":{"serverId":["bigint"]}}}'],
    ["a pattern that is none", '{"json":{"serverId":"/(/"},"meta":{"values":{"serverId":["regexp"]}}}'],
    ["a prototype in the types", '{"json":{"serverId":"x"},"meta":{"values":{"__proto__.polluted":["Date"]}}}'],
    ["a prototype in the references", '{"json":{"a":1},"meta":{"referentialEqualities":{"a":["__proto__.polluted"]}}}'],
    ["a prototype's key", '{"json":{"serverId":"x","__proto__":{"isAdmin":true}}}'],
    ["a constructor's key", '{"json":{"serverId":"x","constructor":{"prototype":{"isAdmin":true}}}}'],
    ["a hundred levels", nested(100)],
    ["a hundred thousand levels", nested(100_000)],
    ["meta that is none", '{"json":{},"meta":"x"}'],
    ["values that are none", '{"json":{},"meta":{"values":7}}'],
    ["two megabytes", `{"json":"${"x".repeat(2_000_000)}"}`],
  ])("%s: refused", async (_name, body) => {
    for (const path of ["servers.get", "servers.update", "auth.issueToken", "servers.update,servers.kill?batch=1"]) {
      const isQuery = path === "servers.get";
      const asGet = body.length < 10_000 ? `${path}?input=${encodeURIComponent(body)}` : path;
      const answer = isQuery ? await send(asGet, { method: "GET" }) : await send(path, { body });
      expectRefused(answer, path);
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

it.each([
  "",
  "servers",
  "servers.",
  ".",
  "..",
  "constructor",
  "__proto__",
  "toString",
  "auth.__proto__",
  "hasOwnProperty",
])("there is no procedure %j", async (path) => {
  for (const method of ["GET", "POST"]) {
    const answer = await send(path || "?x", { method, body: method === "POST" ? "{}" : undefined });
    if (answer.status !== 404) expectRefused(answer, `${method} ${path}`);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  }
});

it.each([
  "servers.list%00",
  "servers.list.extra",
  "servers/list",
  "%",
  "%ff",
  "servers.get%2Cservers.get",
  "a".repeat(12_000),
])("there is no procedure %.30j", async (path) => {
  const answer = await send(path, { method: "GET" });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(faultOf(answer)).toBeNull();
});

it("keeps every header of safety, also on refusals", async () => {
  const answers = [
    await fetch(`${program.url}/api/trpc/auth.me`),
    await fetch(`${program.url}/api/v1/health`),
    await fetch(`${program.url}/login`),
    await fetch(`${program.url}/api/trpc/none`, { method: "DELETE" }),
  ];
  for (const { headers } of answers) {
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toMatch(/frame-ancestors 'none'/);
    expect(headers.get("content-security-policy")).not.toMatch(/unsafe-eval/);
    expect(headers.get("referrer-policy")).toBe("same-origin");
    expect(headers.get("x-powered-by")).toBeNull();
    expect(headers.get("access-control-allow-origin")).toBeNull();
  }
});
