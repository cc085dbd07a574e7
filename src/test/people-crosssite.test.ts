import superjson from "superjson";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditLog } from "@/domains/audit/server/table";
import { apiTokens, sessions } from "@/domains/auth/server/table";
import { serverMembers, servers } from "@/domains/servers/server/table";
import { appSettings } from "@/domains/settings/server/table";
import { users } from "@/domains/users/server/table";
import { fullInputs } from "./api-full-inputs";
import { listProcedures } from "./procedures-list";
import type { Ids } from "./procedures-table";
import { administrator, type Program, startProgram } from "./program";
import { addPerson } from "./program-people";
import { openBrowser } from "./program-session";
import { askRaw } from "./raw-request";

const evil = "https://evil.example";
const listed = "https://panel.example.org";
const mutations = listProcedures().filter(({ type }) => type === "mutation");
let program: Program;
let cookie: string;
let serverId: string;
let ids: Ids;

beforeAll(async () => {
  program = await startProgram({ env: { ALLOWED_ORIGINS: listed } });
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
  ids = {
    serverId,
    jobId: crypto.randomUUID(),
    snapshotId: crypto.randomUUID(),
    groupId: crypto.randomUUID(),
    userId: (await addPerson(program.db)).id,
  };
  const browser = openBrowser(program.url);
  await browser.signIn(administrator);
  cookie = browser.cookie();
});
afterAll(() => program?.end());

/** Everything that a forged request could have changed. */
async function state(): Promise<string> {
  const { db } = program;
  const rows = [
    await db.select().from(users).orderBy(users.id),
    (await db.select().from(sessions).orderBy(sessions.id)).map(({ lastSeenAt: _, ...row }) => row),
    (await db.select().from(apiTokens).orderBy(apiTokens.id)).map(
      ({ lastUsedAt: _, lastUsedAddress: __, ...row }) => row,
    ),
    await db.select().from(servers).orderBy(servers.id),
    await db.select().from(serverMembers),
    await db.select().from(appSettings),
    await db.$count(auditLog),
  ];
  return JSON.stringify(rows);
}

const forms = [
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "text/plain",
  "application/octet-stream",
];

function bodyOf(contentType: string, input: object): string {
  const json = JSON.stringify(superjson.serialize(input));
  if (contentType.startsWith("multipart"))
    return `--x\r\ncontent-disposition: form-data; name="json"\r\n\r\n${json}\r\n--x--\r\n`;
  return contentType.endsWith("urlencoded") ? new URLSearchParams({ json }).toString() : json;
}

describe("a page of another site, even with the visitor's cookies,", () => {
  it.each(forms)("changes nothing by a form of type %s", async (contentType) => {
    const before = await state();
    for (const { path } of mutations) {
      const body = bodyOf(contentType, fullInputs[path]?.(ids) ?? {});
      for (const origin of [evil, "null", program.url]) {
        const headers = { cookie, origin, "content-type": contentType };
        const answer = await askRaw(program.url, `/api/trpc/${path}`, { method: "POST", headers, body });
        expect(answer.status, `${path} from ${origin}`).toBeGreaterThanOrEqual(400);
      }
    }
    const upload = await askRaw(program.url, `/api/servers/${serverId}/files?path=server.jar`, {
      method: "PUT",
      headers: { cookie, origin: evil, "content-type": contentType },
      body: "x",
    });
    expect(upload.status).toBe(403);
    expect(await state()).toBe(before);
  });

  it("changes nothing by GET, HEAD or a batch of a thousand", async () => {
    const before = await state();
    for (const { path } of mutations) {
      const input = encodeURIComponent(bodyOf("json", fullInputs[path]?.(ids) ?? {}));
      for (const method of ["GET", "HEAD"]) {
        const headers = { cookie, "sec-fetch-site": "same-origin" };
        const answer = await askRaw(program.url, `/api/trpc/${path}?input=${input}`, { method, headers });
        expect(answer.status, `${method} ${path}`).toBeGreaterThanOrEqual(400);
      }
    }
    const paths = Array(1000).fill("servers.update").join();
    const calls = Array.from({ length: 1000 }, (_, index) => [
      index,
      superjson.serialize({ serverId, description: "x" }),
    ]);
    const headers = { cookie, origin: program.url, "content-type": "application/json" };
    const body = JSON.stringify(Object.fromEntries(calls));
    const answer = await askRaw(program.url, `/api/trpc/${paths}?batch=1`, { method: "POST", headers, body });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await state()).toBe(before);
  });

  it.each(forms)("signs nobody in or out by a form of type %s", async (contentType) => {
    const csrf = await askRaw(program.url, "/api/auth/csrf", { headers: { cookie } });
    const { csrfToken } = JSON.parse(csrf.body) as { csrfToken: string };
    const given = [csrf.headers["set-cookie"] ?? []].flat().map((line) => line.split(";", 1)[0]);
    const before = await state();
    const fields = { ...administrator, csrfToken, json: "true" };
    const body = contentType.endsWith("urlencoded")
      ? new URLSearchParams(fields).toString()
      : bodyOf(contentType, fields);
    for (const path of ["/api/auth/signout", "/api/auth/callback/credentials", "/api/auth/_log", "/api/auth/session"]) {
      const headers = { cookie: [cookie, ...given].join("; "), origin: evil, "content-type": contentType };
      const answer = await askRaw(program.url, path, { method: "POST", headers, body });
      expect(answer.status, path).toBe(403);
      expect(answer.headers["set-cookie"]).toBeUndefined();
    }
    // From our own page, but without the token that belongs to the cookie.
    const headers = { cookie, origin: program.url, "content-type": contentType };
    await askRaw(program.url, "/api/auth/signout", { method: "POST", headers, body: "csrfToken=made-up" });
    await askRaw(program.url, "/api/auth/signout", { headers: { cookie } });
    expect(await state()).toBe(before);
  });

  it("renews no session", async () => {
    const before = await state();
    for (const contentType of [...forms, "application/json"])
      for (const origin of [evil, "null", "http://127.0.0.1:1"]) {
        const headers = { cookie, origin, "content-type": contentType };
        const answer = await askRaw(program.url, "/api/session/refresh", { method: "POST", headers, body: "{}" });
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(answer.headers["set-cookie"]).toBeUndefined();
      }
    for (const method of ["GET", "HEAD", "PUT"]) {
      const answer = await askRaw(program.url, "/api/session/refresh", { method, headers: { cookie } });
      expect(answer.status).toBeGreaterThanOrEqual(400);
    }
    expect(await state()).toBe(before);
  });

  it("sends nothing to pages that expect nothing", async () => {
    for (const path of ["/", "/login", "/servers", "/api/none", "/_next/static/x.js"])
      for (const method of ["POST", "PUT", "DELETE", "PATCH"]) {
        const headers = { origin: program.url, "next-action": "x", "content-type": "text/plain" };
        expect((await askRaw(program.url, path, { method, headers, body: "[]" })).status, `${method} ${path}`).toBe(
          400,
        );
      }
    const big = { method: "POST", headers: { origin: program.url }, body: "x".repeat(70_000) };
    expect((await askRaw(program.url, "/api/auth/signout", big)).status).toBe(400);
  });
});

describe("other origins", () => {
  const places = [
    "/api/trpc/auth.me",
    "/api/trpc/none",
    "/api/audit/export",
    `/api/servers/${crypto.randomUUID()}/files`,
  ];

  it("that are listed may read answers and errors, others nothing", async () => {
    for (const path of places) {
      const ours = await askRaw(program.url, path, { headers: { origin: listed, cookie } });
      expect(ours.headers["access-control-allow-origin"], path).toBe(listed);
      expect(ours.headers["access-control-allow-credentials"]).toBe("true");
      // Kept by nobody, so that no other origin is given this answer.
      expect(ours.headers["cache-control"]).toBe("no-store");
      const preflight = await askRaw(program.url, path, { method: "OPTIONS", headers: { origin: listed } });
      expect(preflight.status).toBe(204);
      for (const origin of [evil, "null", `${listed}.evil.example`, listed.replace("https", "http")]) {
        const theirs = await askRaw(program.url, path, { headers: { origin, cookie } });
        expect(theirs.status, path).toBe(origin === program.url ? 200 : theirs.status);
        expect(theirs.headers["access-control-allow-origin"], `${path} from ${origin}`).toBeUndefined();
        expect((await askRaw(program.url, path, { method: "OPTIONS", headers: { origin } })).status).toBe(403);
      }
    }
    expect(
      (await askRaw(program.url, "/login", { headers: { origin: listed } })).headers["access-control-allow-origin"],
    ).toBeUndefined();
  });
});
