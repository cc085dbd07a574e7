import { createHash } from "node:crypto";
import { get, type IncomingMessage } from "node:http";
import { asc, eq, gt } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { auditLog } from "@/domains/audit/server/table";
import { createChainVerifier } from "@/domains/audit/verify-chain";
import { users } from "@/domains/users/server/table";
import { createClient } from "@/trpc/node-client";
import { administrator, type Program, startProgram } from "./program";
import { callProcedure } from "./program-calls";
import { addPerson, addToken, type Person } from "./program-people";
import { openBrowser } from "./program-session";

let program: Program;
let admin: Person;
let owner: Person;
let serverId: string;

beforeAll(async () => {
  program = await startProgram();
  admin = await addPerson(program.db, { role: "admin" });
  owner = await addPerson(program.db);
  const input = { name: "=1+1", type: "custom", version: "1", memoryMb: 128, acceptEula: true, wait: true } as const;
  const created = await createClient({ url: program.url, token: owner.token }).servers.create.mutate(input);
  serverId = "id" in created ? created.id : "";
});
afterAll(() => program?.end());

const lastId = async () => (await program.db.select().from(auditLog).orderBy(asc(auditLog.id))).at(-1)?.id ?? 0n;
const rowsSince = (id: bigint) =>
  program.db.select().from(auditLog).where(gt(auditLog.id, id)).orderBy(asc(auditLog.id));

async function download(query: string, token = admin.token): Promise<Response> {
  return fetch(`${program.url}/api/audit/export?${query}`, { headers: { authorization: `Bearer ${token}` } });
}

async function verifyChain(): Promise<number> {
  const response = await download("format=jsonl");
  const verifier = createChainVerifier((text) => createHash("sha256").update(text).digest("hex"));
  const lines = (await response.text()).trimEnd().split("\n");
  for (const line of lines) expect(verifier.add(JSON.parse(line))).toBeNull();
  const [seq = "", hash = ""] = (response.headers.get("mcsd-audit-head") ?? "").split(":");
  expect(verifier.finish({ head: { seq: Number(seq), hash } })).toBeNull();
  return lines.length;
}

it("every change leaves exactly one row that says who, from where and on what", async () => {
  const as = ({ token }: Person) => createClient({ url: program.url, token });
  const changes: [action: string, who: Person, work: () => Promise<unknown>][] = [
    ["auth.setPreferences", owner, () => as(owner).auth.setPreferences.mutate({ theme: "dark" })],
    ["servers.update", owner, () => as(owner).servers.update.mutate({ serverId, description: "x" })],
    [
      "servers.updateProperties",
      owner,
      () => as(owner).servers.updateProperties.mutate({ serverId, properties: { motd: "x" } }),
    ],
    ["versions.refresh", owner, () => as(owner).versions.refresh.mutate({ type: "vanilla" })],
    ["system.updateSettings", admin, () => as(admin).system.updateSettings.mutate({ auditRetentionDays: 30 })],
    ["system.setLimits", admin, () => as(admin).system.setLimits.mutate({ maxServers: 3 })],
    [
      "files.upload",
      owner,
      () =>
        fetch(`${program.url}/api/servers/${serverId}/files?path=server.jar`, {
          method: "PUT",
          headers: { authorization: `Bearer ${owner.token}` },
          body: "a jar",
        }).then((response) => expect(response.status).toBe(200)),
    ],
  ];
  for (const [action, who, work] of changes) {
    const before = await lastId();
    await work();
    const rows = await rowsSince(before);
    expect(rows.map((row) => [row.action, row.actorId, row.actorKind, row.address, row.result])).toEqual([
      [action, who.id, "token", "127.0.0.1", "ok"],
    ]);
  }
});

it("refused calls leave a row with the missing permission and nothing of what was sent", async () => {
  const other = await addPerson(program.db);
  const narrow = { ...owner, token: await addToken(program.db, owner.id, ["servers.view"]) };
  const unapproved = await addPerson(program.db, { isApproved: false });
  const tries = [
    [other, "system.audit", "query", {}, { code: "PERMISSION_MISSING", permission: "system.update_settings" }],
    [other, "servers.get", "query", { serverId }, { code: "SERVER_NOT_FOUND" }],
    [other, "servers.update", "mutation", { serverId, description: "canary-7" }, { code: "SERVER_NOT_FOUND" }],
    [other, "console.stream", "subscription", { serverId }, { code: "SERVER_NOT_FOUND" }],
    [narrow, "servers.start", "mutation", { serverId }, { code: "PERMISSION_MISSING", permission: "servers.start" }],
    [unapproved, "servers.list", "query", undefined, { code: "NOT_APPROVED" }],
  ] as const;
  for (const [who, path, type, input, details] of tries) {
    const before = await lastId();
    await callProcedure(program.url, { path, type, input, credentials: { token: who.token } });
    await expect.poll(async () => (await rowsSince(before)).length).toBe(1);
    const [row] = await rowsSince(before);
    expect(row).toMatchObject({ action: path, actorId: who.id, result: "refused", details });
    expect(row?.targetId ?? null).toBe(details.code === "SERVER_NOT_FOUND" ? serverId : null);
    expect(JSON.stringify(row?.details)).not.toMatch(/canary/);
  }
  const before = await lastId();
  const upload = await fetch(`${program.url}/api/servers/${serverId}/files?path=server.jar`, {
    method: "PUT",
    headers: { authorization: `Bearer ${other.token}` },
    body: "x",
  });
  expect(upload.status).toBe(404);
  expect((await download("format=csv", other.token)).status).toBe(403);
  await expect
    .poll(async () => (await rowsSince(before)).map(({ action }) => action).sort())
    .toEqual(["audit.export", "files.upload"]);
});

it("what does not exist leaves no row, and a loop of refused calls no more than thirty", async () => {
  const other = await addPerson(program.db);
  const credentials = { token: other.token };
  const before = await lastId();
  await callProcedure(program.url, {
    path: "servers.get",
    type: "query",
    input: { serverId: crypto.randomUUID() },
    credentials,
  });
  for (let index = 0; index < 60; index++)
    await callProcedure(program.url, { path: "system.audit", type: "query", credentials });
  expect((await rowsSince(before)).map(({ action }) => action)).toEqual(Array(30).fill("system.audit"));
});

it("is searched, filtered and read page by page", async () => {
  const client = createClient({ url: program.url, token: admin.token });
  const all = await client.system.audit.query({ limit: 200 });
  expect(all.items.map(({ seq }) => seq)).toEqual([...all.items.map(({ seq }) => seq)].sort((a, b) => b - a));
  const first = await client.system.audit.query({ limit: 3 });
  const second = await client.system.audit.query({ limit: 3, cursor: first.nextCursor ?? "" });
  expect([...first.items, ...second.items]).toEqual(all.items.slice(0, 6));

  const filtered = async (filter: Parameters<typeof client.system.audit.query>[0]) =>
    (await client.system.audit.query(filter)).items;
  expect((await filtered({ limit: 50, action: "servers.update" })).map(({ action }) => action)).not.toContain(
    "servers.updateProperties",
  );
  const ofServers = await filtered({ limit: 50, action: "servers" });
  expect(new Set(ofServers.map(({ action }) => action.split(".")[0]))).toEqual(new Set(["servers"]));
  expect(ofServers.length).toBeGreaterThan(3);
  expect(await filtered({ limit: 50, action: "server_" })).toEqual([]);
  expect((await filtered({ limit: 50, actorId: owner.id })).every(({ actorId }) => actorId === owner.id)).toBe(true);
  expect((await filtered({ limit: 50, targetId: serverId })).length).toBeGreaterThan(3);
  expect((await filtered({ limit: 50, result: "refused" })).every(({ result }) => result === "refused")).toBe(true);
  const byName = await filtered({ limit: 50, search: owner.username.toUpperCase() });
  expect(byName.length).toBeGreaterThan(3);
  expect(await filtered({ limit: 50, search: "%" })).toEqual([]);
  expect(await filtered({ limit: 50, from: new Date(Date.now() + 1000) })).toEqual([]);
  expect(await filtered({ limit: 50, to: new Date(0) })).toEqual([]);
});

it("is exported as CSV and as JSON lines that prove themselves, by token and from a browser", async () => {
  const before = await lastId();
  expect(await verifyChain()).toBeGreaterThan(20);
  expect((await rowsSince(before)).map(({ action, details }) => [action, details])).toEqual([
    ["audit.export", { format: "jsonl" }],
  ]);
  const browser = openBrowser(program.url);
  await browser.signIn(administrator);
  const csv = await browser.fetch("/api/audit/export?format=csv&action=servers&result=");
  expect(csv.status).toBe(200);
  expect(csv.headers.get("content-disposition")).toMatch(/^attachment; filename="mcsd-audit-\d{4}-\d\d-\d\d\.csv"$/);
  expect(csv.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(csv.headers.get("x-content-type-options")).toBe("nosniff");
  const lines = (await csv.text()).trimEnd().split("\r\n");
  expect(lines[0]).toMatch(/seq,at,actorKind/);
  expect(lines.slice(1).every((line) => line.includes(",servers."))).toBe(true);

  for (const query of ["", "format=xml", "format=csv&actorId=x", "format=csv&from=yesterday", "format=csv&action=a b"])
    expect((await download(query)).status).toBe(400);
  const foreign = await browser.fetch("/api/audit/export?format=csv", { headers: { "sec-fetch-site": "cross-site" } });
  expect(foreign.status).toBe(403);
  expect((await fetch(`${program.url}/api/audit/export?format=csv`)).status).toBe(401);
  expect((await browser.fetch("/api/audit/export?format=csv", { method: "POST" })).status).toBe(400);
});

it("a download in progress is cut off within five seconds once the right to it is gone", {
  timeout: 40_000,
}, async () => {
  const doomed = await addPerson(program.db, { role: "admin" });
  const padding = "x".repeat(2000);
  const many = Array.from({ length: 8000 }, () => ({
    actorKind: "system" as const,
    actorName: "filler",
    action: "test.filler",
    result: "ok" as const,
    details: { padding },
  }));
  for (let from = 0; from < many.length; from += 1000)
    await program.db.insert(auditLog).values(many.slice(from, from + 1000));
  const headers = { authorization: `Bearer ${doomed.token}` };
  const response = await new Promise<IncomingMessage>((resolve, reject) =>
    get(`${program.url}/api/audit/export?format=jsonl`, { headers }, resolve).on("error", reject),
  );
  // Nobody reads: the server waits for the client, and must notice all the same.
  response.pause();
  await program.db.update(users).set({ isActive: false }).where(eq(users.id, doomed.id));
  const startedAt = performance.now();
  const end = new Promise<string>((resolve) => {
    response.once("end", () => resolve("whole"));
    response.once("error", () => resolve("cut off"));
    response.once("aborted", () => resolve("cut off"));
  });
  setTimeout(() => response.resume(), 4500);
  expect(await end).toBe("cut off");
  expect(performance.now() - startedAt).toBeLessThan(6000);
});

it("is whole after kill -9 in the middle of traffic, with a row for every change that was answered", {
  timeout: 120_000,
}, async () => {
  const before = await verifyChain();
  const credentials = { token: owner.token };
  let isOver = false;
  let answered = 0;
  const traffic = Array.from({ length: 8 }, async () => {
    while (!isOver) {
      const call = { path: "auth.setPreferences", type: "mutation", input: { theme: "light" }, credentials } as const;
      const answer = await callProcedure(program.url, call).catch(() => null);
      if (answer?.status === 200) answered++;
    }
  });
  for (let round = 0; round < 3; round++) {
    await new Promise((resolve) => setTimeout(resolve, 400 + 150 * round));
    await program.kill9();
    await program.start();
  }
  isOver = true;
  await Promise.all(traffic);
  expect(answered).toBeGreaterThan(0);
  // The check of the chain itself has left a row, too.
  expect(await verifyChain()).toBeGreaterThan(before + answered);
});
