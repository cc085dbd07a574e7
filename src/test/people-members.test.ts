import { request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { auditLog } from "@/domains/audit/server/table";
import type { Permission } from "@/domains/auth/permissions";
import type { ServerEvent } from "@/domains/servers/contract";
import { serverMembers } from "@/domains/servers/server/table";
import { type Program, startProgram } from "./program";
import { callProcedure } from "./program-calls";
import { type Acting, addActing, outcomeOf } from "./program-outcomes";
import { openStream } from "./program-stream";
import { until } from "./program-until";

let program: Program;
let owner: Acting;
let guest: Acting;
let serverId: string;
let count = 0;

beforeAll(async () => {
  program = await startProgram();
});
afterAll(() => program?.end());

const add = (options?: Parameters<typeof addActing>[1]) => addActing(program, options);

async function addServer(of: Acting): Promise<string> {
  const input = { type: "custom", version: "1", memoryMb: 128, acceptEula: false, wait: true } as const;
  const created = await of.client.servers.create.mutate({ ...input, name: `Shared ${++count}` });
  return "id" in created ? created.id : "";
}

beforeEach(async () => {
  owner = await add();
  guest = await add();
  serverId = await addServer(owner);
});

const share = (permissions: Permission[], who = guest, by = owner) =>
  by.client.servers.setMember.mutate({ serverId, username: who.username, permissions });
const unshare = (who = guest, by = owner) => by.client.servers.removeMember.mutate({ serverId, userId: who.id });
const kinds = (events: readonly unknown[]) => (events as ServerEvent[]).map(({ kind }) => kind);

/** What somebody can do with the server, one call for each kind. */
async function reachOf({ client, token }: Acting): Promise<Record<string, string>> {
  const { items } = await client.jobs.list.query({ serverId });
  const jobId = items[0]?.id ?? crypto.randomUUID();
  const isListed = (await client.servers.list.query()).some(({ id }) => id === serverId);
  const upload = await fetch(`${program.url}/api/servers/${serverId}/files?path=wrong`, {
    method: "PUT",
    body: "x",
    headers: { authorization: `Bearer ${token}` },
  });
  return {
    list: isListed ? "ok" : "absent",
    get: await outcomeOf(client.servers.get.query({ serverId })),
    timeline: await outcomeOf(client.servers.timeline.query({ serverId })),
    members: await outcomeOf(client.servers.members.query({ serverId })),
    logs: await outcomeOf(client.console.logs.query({ serverId })),
    job: await outcomeOf(client.jobs.get.query({ jobId })),
    command: await outcomeOf(client.console.command.mutate({ serverId, command: "list" })),
    update: await outcomeOf(client.servers.update.mutate({ serverId, description: "changed" })),
    start: await outcomeOf(client.servers.start.mutate({ serverId })),
    delete: await outcomeOf(client.servers.delete.mutate({ serverId, confirm: "no" })),
    upload: ((await upload.json()) as { error: { code: string } }).error.code,
  };
}

const sees = { list: "ok", get: "ok", timeline: "ok", members: "ok", logs: "ok", job: "ok" };
const lacks = Object.fromEntries(
  ["command", "update", "start", "delete", "upload"].map((act) => [act, "PERMISSION_MISSING"]),
);

it("lets a member see the server and do what is shared, and nothing besides", async () => {
  const nothing = await reachOf(guest);
  expect(nothing).toMatchObject({ list: "absent", get: "SERVER_NOT_FOUND", job: "JOB_NOT_FOUND" });
  expect(new Set(Object.values(nothing))).toEqual(new Set(["absent", "SERVER_NOT_FOUND", "JOB_NOT_FOUND"]));
  await share([]);
  expect(await reachOf(guest)).toEqual({ ...sees, ...lacks });
  await share(["servers.start", "rcon.execute"]);
  expect(await reachOf(guest)).toEqual({ ...sees, ...lacks, start: "JAR_MISSING", command: "STATE_CONFLICT" });
  await share(["servers.update", "files.upload", "servers.delete"]);
  expect(await reachOf(guest)).toEqual({
    ...sees,
    ...lacks,
    update: "ok",
    upload: "FILE_TYPE_REFUSED",
    delete: "CONFIRMATION_MISMATCH",
  });
  // What is denied to somebody altogether is not theirs by sharing.
  const admin = await add({ role: "admin" });
  for (const permission of ["servers.update", "rcon.execute"] as const)
    await admin.client.users.denyPermission.mutate({ userId: guest.id, permission });
  await share(["servers.update", "rcon.execute"]);
  expect(await reachOf(guest)).toEqual({ ...sees, ...lacks });
  await unshare();
  // Uploads are five a minute.
  const { upload: _, ...afterwards } = await reachOf(guest);
  expect({ ...afterwards, upload: nothing.upload }).toEqual({ ...nothing, update: "PERMISSION_MISSING" });
});

it("is the owner's to manage, and of those who reach and change everybody's servers", async () => {
  const [operator, other, third] = [await add({ role: "operator" }), await add(), await add()];
  await share(["servers.update", "servers.start"]);
  expect(await outcomeOf(share([], third, guest))).toBe("PERMISSION_MISSING");
  expect(await outcomeOf(share(["rcon.execute"], guest, guest))).toBe("PERMISSION_MISSING");
  expect(await outcomeOf(share([], third, other))).toBe("SERVER_NOT_FOUND");
  expect(await outcomeOf(unshare(guest, other))).toBe("SERVER_NOT_FOUND");
  expect(await outcomeOf(share(["servers.stop"], third, operator))).toBe("ok");
  expect(await outcomeOf(unshare(third, guest))).toBe("PERMISSION_MISSING");
  expect(await outcomeOf(unshare(third, operator))).toBe("ok");
  expect(await outcomeOf(unshare(third, operator))).toBe("MEMBER_NOT_FOUND");
  // Members may leave; a token that may only look does not leave for them.
  const looking = await add({ scopes: ["servers.view"] });
  await share([], looking);
  expect(await outcomeOf(unshare(looking, looking))).toBe("PERMISSION_MISSING");
  expect(await outcomeOf(unshare(guest, guest))).toBe("ok");
  expect((await owner.client.servers.members.query({ serverId })).map(({ userId }) => userId)).toEqual([looking.id]);
});

it("gives nobody what the giver may not do with the server, and keeps what was given before", async () => {
  const operator = await add({ role: "operator" });
  for (const permission of ["rcon.execute", "servers.delete", "files.delete"] as const)
    expect([permission, await outcomeOf(share([permission], guest, operator))]).toEqual([
      permission,
      "PERMISSION_NOT_HELD",
    ]);
  expect(await outcomeOf(share(["rcon.execute"], operator, operator))).toBe("PERMISSION_NOT_HELD");
  await share(["rcon.execute"]);
  const member = await share(["rcon.execute", "servers.stop"], guest, operator);
  expect(member).toMatchObject({ permissions: ["servers.stop", "rcon.execute"], addedBy: owner.username });
  expect(await outcomeOf(share(["users.view"]))).toBe("VALIDATION_FAILED");
  expect(await outcomeOf(share(["servers.view_all"]))).toBe("VALIDATION_FAILED");
});

it("is shared with those who are let in, and not with its owner", async () => {
  expect(await outcomeOf(share([], await add({ isApproved: false })))).toBe("USER_NOT_FOUND");
  expect(await outcomeOf(share([], await add({ isActive: false })))).toBe("USER_NOT_FOUND");
  expect(await outcomeOf(share([], { ...guest, username: "nobody-at-all" }))).toBe("USER_NOT_FOUND");
  expect(await outcomeOf(share([], owner))).toBe("VALIDATION_FAILED");
  expect(await outcomeOf(share([], { ...guest, username: guest.username.toUpperCase() }))).toBe("ok");
  expect(await program.db.$count(serverMembers, eq(serverMembers.serverId, serverId))).toBe(1);
});

it("does not let one's own server's id reach the members of another", async () => {
  await share([]);
  const stranger = await add();
  const ownId = await addServer(stranger);
  const foreign = stranger.client.servers.removeMember.mutate({ serverId: ownId, userId: guest.id });
  expect(await outcomeOf(foreign)).toBe("MEMBER_NOT_FOUND");
  expect(await outcomeOf(guest.client.servers.get.query({ serverId }))).toBe("ok");
});

it("is told in the audit log and the timeline, once for each change", async () => {
  await share(["servers.start"]);
  await unshare();
  const rows = await program.db.select().from(auditLog).where(eq(auditLog.targetId, serverId)).orderBy(auditLog.id);
  const [shared, unshared] = rows.slice(-2);
  expect(shared).toMatchObject({
    action: "servers.setMember",
    actorId: owner.id,
    details: { userId: guest.id, permissions: ["servers.start"], before: null },
  });
  expect(unshared).toMatchObject({ action: "servers.removeMember", details: { before: ["servers.start"] } });
  const { items } = await owner.client.servers.timeline.query({ serverId });
  expect(items.slice(0, 2).map(({ kind, detail }) => [kind, detail.username])).toEqual([
    ["unshared", guest.username],
    ["shared", guest.username],
  ]);
});

it("reaches open pages at once, and ends what a former member follows within 5 s", { timeout: 30_000 }, async () => {
  const { url } = program;
  const follow = (path: string, credentials = { token: guest.token }, input?: unknown) =>
    openStream(url, { path, input, credentials });
  const bystander = await add();
  const elsewhere = await follow("servers.events", { token: bystander.token });
  const before = await follow("servers.events");
  await share(["files.upload"]);
  await until(async () => kinds(before.events).includes("lagged") || null, "the new member is told", 1000);
  // The same stream, which has not come back yet, already carries the server.
  await owner.client.servers.update.mutate({ serverId, description: "for the member" });
  await until(async () => kinds(before.events).includes("server") || null, "the server is on the stream", 1000);
  before.close();

  const events = await follow("servers.events");
  const consoleStream = await follow("console.stream", { token: guest.token }, { serverId });
  const upload = openUpload(serverId, guest.token);
  await delay(500);
  await unshare();
  await until(async () => kinds(events.events).includes("removed") || null, "the page is told", 1000);
  const told = events.events.length;
  const admin = await program.admin();
  await admin.users.update.mutate({ userId: owner.id, username: `${owner.username}-x` });
  expect(kinds(events.events.slice(told))).not.toContain("server");
  const all = Promise.all([events.ended, consoleStream.ended, upload]);
  expect(await Promise.race([all.then(() => "ended"), delay(5000, "goes on", { ref: false })])).toBe("ended");
  const again = await callProcedure(url, {
    path: "console.stream",
    type: "subscription",
    input: { serverId },
    credentials: { token: guest.token },
  });
  expect(again.error?.code).toBe("SERVER_NOT_FOUND");
  expect(kinds(elsewhere.events)).toEqual(["hello"]);
  elsewhere.close();
});

/** An upload that never comes to its end by itself; resolves when the server has ended it. */
function openUpload(ofServer: string, token: string): Promise<void> {
  return new Promise((resolve) => {
    const upload = request(`${program.url}/api/servers/${ofServer}/files?path=server.jar`, {
      method: "PUT",
      headers: { authorization: `Bearer ${token}`, "transfer-encoding": "chunked" },
    });
    const timer = setInterval(() => upload.write("more"), 100);
    const end = () => {
      clearInterval(timer);
      upload.destroy();
      resolve();
    };
    upload.on("response", end).on("error", end).on("close", end);
  });
}
