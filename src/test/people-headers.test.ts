import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { auditLog } from "@/domains/audit/server/table";
import { administrator, type Program, startProgram } from "./program";
import { askRaw, type RawAnswer, sendBytes } from "./raw-request";

const evil = "https://evil.example";
const listed = "https://panel.example.org";

/** The request's own answer, whatever it is. */
async function everyKindOfAnswer(url: string): Promise<[string, RawAnswer][]> {
  const page = await askRaw(url, "/login");
  const file = /\/_next\/static\/[^"'\\]+?\.js/.exec(page.body)?.[0] ?? "";
  const json = { "content-type": "application/json" };
  const raw = async (bytes: string): Promise<RawAnswer> => {
    const text = await sendBytes(url, bytes);
    const [head = "", body = ""] = text.split("\r\n\r\n", 2);
    const [first = "", ...lines] = head.split("\r\n");
    const headers = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]),
    );
    return { status: Number(first.split(" ")[1]), headers, body };
  };
  return [
    ["200 a page", page],
    ["200 a file", await askRaw(url, file)],
    [
      "304 a file",
      await askRaw(url, file, { headers: { "if-none-match": String((await askRaw(url, file)).headers.etag) } }),
    ],
    ["200 json", await askRaw(url, "/api/v1/health")],
    ["307 a page", await askRaw(url, "/servers")],
    ["308 a page", await askRaw(url, "/login/")],
    ["404 a page", await askRaw(url, "/none")],
    ["404 a file", await askRaw(url, "/_next/static/none.js")],
    ["404 in public", await askRaw(url, "/none.png")],
    ["404 api", await askRaw(url, "/api/none")],
    ["404 trpc", await askRaw(url, "/api/trpc/none.none")],
    ["404 a page", await askRaw(url, "/%E0%A4%A")],
    ["400 a method", await askRaw(url, "/login", { method: "POST" })],
    ["400 trpc", await askRaw(url, "/api/trpc/auth.setup", { method: "POST", headers: json, body: "{" })],
    ["401 trpc", await askRaw(url, "/api/trpc/auth.me")],
    ["403 trpc", await askRaw(url, "/api/trpc/auth.me", { headers: { origin: evil } })],
    ["405 trpc", await askRaw(url, "/api/trpc/auth.setup")],
    [
      "413 trpc",
      await askRaw(url, "/api/trpc/auth.setup", { method: "POST", headers: json, body: `"${"x".repeat(1_200_000)}"` }),
    ],
    ["415 trpc", await askRaw(url, "/api/trpc/auth.me", { method: "POST", headers: { "content-type": "text/plain" } })],
    ["400 no HTTP", await raw("nonsense\r\n\r\n")],
    ["431 a long head", await raw(`GET / HTTP/1.1\r\nhost: x\r\nx-long: ${"x".repeat(20_000)}\r\n\r\n`)],
  ];
}

let behind: Program;
beforeAll(async () => {
  behind = await startProgram({ env: { PUBLIC_URL: "https://mc.example.org", ALLOWED_ORIGINS: listed } });
});
afterAll(() => behind?.end());
const own = { origin: "https://mc.example.org" };

it("every answer has every header of safety", async () => {
  for (const [name, { status, headers }] of await everyKindOfAnswer(behind.url)) {
    const wanted = name.startsWith("415")
      ? [400, 415]
      : name.startsWith("405")
        ? [400, 404, 405]
        : [Number(name.slice(0, 3))];
    expect(wanted, `${name}: ${status}`).toContain(status);
    const policy = String(headers["content-security-policy"]);
    expect(policy, name).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/=]{20,}' 'strict-dynamic';/);
    expect(policy, name).toMatch(/object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'/);
    expect(policy, name).not.toMatch(/unsafe-eval|https?:|\*/);
    expect(headers, name).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
      "strict-transport-security": "max-age=31536000; includeSubDomains",
    });
    expect(headers["x-powered-by"], name).toBeUndefined();
    expect(headers["access-control-allow-origin"], name).toBeUndefined();
  }
});

it("the scripts of pages carry the nonce of their own answer, another one each time", async () => {
  const nonces = new Set<string>();
  for (const path of ["/login", "/login", "/none"]) {
    const { body, headers } = await askRaw(behind.url, path);
    const nonce = /'nonce-([^']+)'/.exec(String(headers["content-security-policy"]))?.[1] ?? "";
    nonces.add(nonce);
    const scripts = body.match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
  }
  expect(nonces.size).toBe(3);
});

it("nothing that is answered names the host of the request", async () => {
  const paths = [
    "/",
    "/servers",
    "/login",
    "/login/",
    "/account?x=1",
    "/login?callbackUrl=%2Fservers",
    "/api/auth/csrf",
    "/api/auth/session",
    "/api/auth/providers",
    "/api/auth/signin",
    "/api/auth/signout",
    "/api/auth/error?error=x",
    "/none",
    "/api/trpc/auth.me",
  ];
  for (const path of paths) {
    const headers = {
      host: "evil.example",
      "x-forwarded-host": "evil.example",
      "x-forwarded-proto": "http",
      forwarded: "host=evil.example",
    };
    const answer = await askRaw(behind.url, path, { headers });
    expect(JSON.stringify(answer), path).not.toMatch(/evil\.example/);
    const location = answer.headers.location;
    if (typeof location === "string") expect(new URL(location, "https://mc.example.org").host).toBe("mc.example.org");
  }
});

it("cookies are bound to the host and secure, whatever the request says about itself", async () => {
  const spoofed = { host: "evil.example", "x-forwarded-proto": "http", "x-forwarded-host": "evil.example", ...own };
  const csrf = await askRaw(behind.url, "/api/auth/csrf", { headers: spoofed });
  const { csrfToken } = JSON.parse(csrf.body) as { csrfToken: string };
  const given = [csrf.headers["set-cookie"] ?? []].flat().map((line) => line.split(";", 1)[0] ?? "");
  const callbacks = [
    `${evil}/`,
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "https://mc.example.org.evil.example/",
    "https://mc.example.org@evil.example/",
  ];
  for (const callbackUrl of callbacks) {
    const body = new URLSearchParams({ ...administrator, csrfToken, callbackUrl, json: "true" }).toString();
    const headers = { ...spoofed, cookie: given.join("; "), "content-type": "application/x-www-form-urlencoded" };
    const answer = await askRaw(behind.url, "/api/auth/callback/credentials", { method: "POST", headers, body });
    expect(answer.status, answer.body).toBe(200);
    const { url } = JSON.parse(answer.body) as { url: string };
    expect(new URL(url, "https://mc.example.org").origin, `${callbackUrl} led to ${url}`).toBe(
      "https://mc.example.org",
    );
    const lines = [answer.headers["set-cookie"] ?? []].flat();
    expect(lines.some((line) => line.startsWith("__Host-mcsd.session="))).toBe(true);
    for (const line of lines.filter((each) => /session|refresh|csrf/.test(each))) {
      expect(line).toMatch(/^__Host-/);
      expect(line).toMatch(/; *Secure/i);
      expect(line).toMatch(/; *HttpOnly/i);
      expect(line).toMatch(/; *SameSite=(?:Lax|Strict)/i);
      expect(line).not.toMatch(/; *Domain=/i);
    }
    const stored = lines.find((line) => /callback-url/.test(line));
    const place = decodeURIComponent(/=([^;]*)/.exec(stored ?? "")?.[1] ?? "");
    if (stored) expect(new URL(place).origin).toBe("https://mc.example.org");
  }
});

it("addresses that lead elsewhere lead nowhere", async () => {
  const paths = [
    "//evil.example/x",
    "/\\evil.example",
    "///evil.example/%2e%2e",
    "/%2F%2Fevil.example",
    "/.//evil.example",
    "/login?callbackUrl=https%3A%2F%2Fevil.example",
    "/login?callbackUrl=%2F%2Fevil.example",
    "/login?callbackUrl=javascript%3Aalert(1)",
    "/api/auth/signin?callbackUrl=https%3A%2F%2Fevil.example",
    "/api/auth/signout?callbackUrl=https%3A%2F%2Fevil.example",
    "/api/auth/callback/credentials?callbackUrl=https%3A%2F%2Fevil.example",
  ];
  for (const path of paths) {
    const { headers } = await askRaw(behind.url, path);
    const location = typeof headers.location === "string" ? headers.location : "/";
    expect(new URL(location, "https://mc.example.org").host, `${path} led to ${location}`).toBe("mc.example.org");
  }
});

it("headers that speak of what happened before the request are without effect", async () => {
  const headers = {
    "x-middleware-subrequest": "middleware:middleware:middleware:middleware:middleware",
    "x-middleware-rewrite": "/servers",
    "x-middleware-next": "1",
    "x-matched-path": "/servers",
    "x-invoke-path": "/servers",
    "x-invoke-status": "200",
    "x-rewrite-url": "/servers",
    "x-original-url": "/servers",
    "x-mcsd-address": "198.51.100.9",
    "x-mcsd-path": "//evil.example",
    "x-forwarded-for": "198.51.100.9",
    "x-real-ip": "198.51.100.9",
    forwarded: "for=198.51.100.9",
  };
  const page = await askRaw(behind.url, "/account", { headers });
  expect(page.status).toBe(307);
  expect(page.headers.location).toBe("/login?callbackUrl=%2Faccount");

  const csrf = await askRaw(behind.url, "/api/auth/csrf");
  const { csrfToken } = JSON.parse(csrf.body) as { csrfToken: string };
  const given = [csrf.headers["set-cookie"] ?? []].flat().map((line) => line.split(";", 1)[0] ?? "");
  const body = new URLSearchParams({ username: "nobody", password: "wrong", csrfToken, json: "true" }).toString();
  await askRaw(behind.url, "/api/auth/callback/credentials", {
    method: "POST",
    headers: { ...headers, ...own, cookie: given.join("; "), "content-type": "application/x-www-form-urlencoded" },
    body,
  });
  const [row] = await behind.db
    .select()
    .from(auditLog)
    .where(eq(auditLog.result, "refused"))
    .orderBy(desc(auditLog.id))
    .limit(1);
  expect(row).toMatchObject({ action: "auth.signIn", address: "127.0.0.1" });
});
