import { and, eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { auditLog } from "@/domains/audit/server/table";
import { type Permission, permissions, rolePermissions } from "@/domains/auth/permissions";
import { apiTokens, resetLinks, sessions } from "@/domains/auth/server/table";
import { users } from "@/domains/users/server/table";
import type { Client } from "@/trpc/node-client";
import { type Program, startProgram } from "./program";
import { type Acting, addActing, outcomeOf } from "./program-outcomes";

let program: Program;
let admin: Acting;
/** An operator who may manage people, but lacks what only administrators and owners have. */
let helper: Acting;

const managing: Permission[] = [
  ...(["users.create", "users.update", "users.delete", "users.approve", "users.change_role"] as const),
  ...(["users.grant_permission", "users.deny_permission", "system.manage_limits"] as const),
];
/** What the role `user` has and an operator lacks. */
const beyondOperator = rolePermissions.user.filter((name) => !rolePermissions.operator.includes(name));

beforeAll(async () => {
  program = await startProgram();
  admin = await addActing(program, { role: "admin" });
  helper = await addActing(program, { role: "operator", granted: managing });
});
afterAll(() => program?.end());

const add = (options?: Parameters<typeof addActing>[1]) => addActing(program, options);
/** Somebody who may do nothing that the helper may not. */
const addWeak = () => add({ denied: beyondOperator });
const rowOf = async (id: string) => (await program.db.select().from(users).where(eq(users.id, id)))[0];
const auditOf = (id: string) =>
  program.db.select().from(auditLog).where(eq(auditLog.targetId, id)).orderBy(auditLog.id);

/** Everything that is done to one person, in an order in which all of it can succeed. */
const acts: Readonly<Record<string, (client: Client, target: Acting) => Promise<unknown>>> = {
  rename: (client, { id, username }) => client.users.update.mutate({ userId: id, username: `${username}x` }),
  grant: (client, { id: userId }) => client.users.grantPermission.mutate({ userId, permission: "users.view" }),
  deny: (client, { id: userId }) => client.users.denyPermission.mutate({ userId, permission: "groups.view" }),
  clear: (client, { id: userId }) => client.users.clearPermission.mutate({ userId, permission: "groups.view" }),
  limits: (client, { id: userId }) => client.users.setLimits.mutate({ userId, limits: { maxServers: 7 } }),
  resetLink: (client, { id: userId }) => client.users.createResetLink.mutate({ userId }),
  resetSecondFactor: (client, { id: userId }) => client.users.resetSecondFactor.mutate({ userId }),
  listSessions: (client, { id: userId }) => client.users.listSessions.query({ userId }),
  endSessions: (client, { id: userId }) => client.users.endSessions.mutate({ userId }),
  role: (client, { id: userId }) => client.users.changeRole.mutate({ userId, role: "operator" }),
  deactivate: (client, { id: userId }) => client.users.update.mutate({ userId, isActive: false }),
  reactivate: (client, { id: userId }) => client.users.update.mutate({ userId, isActive: true }),
  delete: (client, { id: userId, username }) => client.users.delete.mutate({ userId, confirm: `${username}x` }),
};

async function tryAll(client: Client, target: Acting, only = Object.keys(acts)): Promise<Record<string, string>> {
  const outcomes: Record<string, string> = {};
  for (const name of only) outcomes[name] = await outcomeOf(acts[name]?.(client, target) ?? Promise.reject(name));
  return outcomes;
}
const each = (outcome: string, names = Object.keys(acts)) => Object.fromEntries(names.map((name) => [name, outcome]));

it("lets nobody act on a person who may do more, and everybody with the permission on all others", async () => {
  expect(await tryAll(helper.client, await addWeak())).toEqual(each("ok"));
  const before = await rowOf(admin.id);
  expect(await tryAll(helper.client, admin)).toEqual(each("TARGET_OUTRANKS"));
  expect(await rowOf(admin.id)).toEqual(before);
  // One permission more is enough, whatever the role.
  const oneMore = await add({ denied: beyondOperator.filter((name) => name !== "servers.delete") });
  expect(await tryAll(helper.client, oneMore)).toEqual(each("TARGET_OUTRANKS"));
  const withGrant = await add({ granted: ["system.update_settings"], denied: beyondOperator });
  expect(await tryAll(helper.client, withGrant)).toEqual(each("TARGET_OUTRANKS"));
  expect(await tryAll(admin.client, await add({ role: "admin" }))).toEqual(each("ok"));
});

it("lets nobody change their own role, permissions or state, nor set their own password by a link", async () => {
  const own = ["grant", "deny", "clear", "resetLink", "resetSecondFactor", "role", "deactivate", "delete"];
  const lonely = await add({ role: "admin" });
  const before = await rowOf(lonely.id);
  expect(await tryAll(lonely.client, lonely, own)).toEqual(each("OWN_RIGHTS", own));
  expect(await outcomeOf(lonely.client.users.reject.mutate({ userId: lonely.id }))).toBe("OWN_RIGHTS");
  expect(await rowOf(lonely.id)).toEqual(before);
  expect(await tryAll(lonely.client, lonely, ["rename", "limits", "listSessions"])).toEqual(
    each("ok", ["rename", "limits", "listSessions"]),
  );
});

it("lets nobody give what they lack", async () => {
  const target = await addWeak();
  const { id: userId } = target;
  const grant = (permission: Permission) =>
    outcomeOf(helper.client.users.grantPermission.mutate({ userId, permission }));
  for (const permission of permissions) {
    const isHeld = managing.includes(permission) || rolePermissions.operator.includes(permission);
    expect([permission, await grant(permission)]).toEqual([permission, isHeld ? "ok" : "PERMISSION_NOT_HELD"]);
  }
  const clear = helper.client.users.clearPermission.mutate({ userId, permission: "servers.delete" });
  expect(await outcomeOf(clear)).toBe("PERMISSION_NOT_HELD");
  expect(await outcomeOf(helper.client.users.changeRole.mutate({ userId, role: "admin" }))).toBe("PERMISSION_NOT_HELD");
  const create = (role: "admin" | "operator" | "user") =>
    outcomeOf(helper.client.users.create.mutate({ username: `by-helper-${role}`, password: "a passphrase 77", role }));
  expect(await create("admin")).toBe("PERMISSION_NOT_HELD");
  expect(await create("operator")).toBe("ok");
  // Who may let people in gives the newcomers' role by that very permission.
  expect(await create("user")).toBe("ok");
  const waiting = await add({ role: "admin", isApproved: false });
  expect(await outcomeOf(helper.client.users.approve.mutate({ userId: waiting.id }))).toBe("PERMISSION_NOT_HELD");
});

it("counts a token for what it may do itself", async () => {
  const narrow = await add({ role: "admin", scopes: ["users.view", "users.update", "users.grant_permission"] });
  const target = await add();
  expect(await tryAll(narrow.client, target, ["rename", "deactivate", "resetLink", "grant"])).toEqual(
    each("TARGET_OUTRANKS", ["rename", "deactivate", "resetLink", "grant"]),
  );
  expect(await outcomeOf(narrow.client.users.create.mutate({ username: "narrow", password: "a passphrase 77" }))).toBe(
    "PERMISSION_MISSING",
  );
});

it("keeps the last administrator who can sign in, whoever asks", async () => {
  const almighty = await add({ role: "operator", granted: [...permissions] });
  const { db } = program;
  const others = await db
    .select()
    .from(users)
    .where(and(eq(users.role, "admin"), eq(users.isActive, true)));
  const last = await add({ role: "admin" });
  for (const { id } of others) await db.update(users).set({ isActive: false }).where(eq(users.id, id));
  await add({ role: "admin", isApproved: false });
  try {
    const taken = ["deny", "role", "deactivate"];
    expect(await tryAll(almighty.client, last, taken)).toEqual(each("LAST_ADMINISTRATOR", taken));
    const remove = almighty.client.users.delete.mutate({ userId: last.id, confirm: last.username });
    expect(await outcomeOf(remove)).toBe("LAST_ADMINISTRATOR");
    expect(await rowOf(last.id)).toMatchObject({ role: "admin", isActive: true, denied: [] });
  } finally {
    for (const { id } of others) await db.update(users).set({ isActive: true }).where(eq(users.id, id));
  }
  expect(await tryAll(almighty.client, last, ["deactivate"])).toEqual({ deactivate: "ok" });
});

it("ends sessions, tokens and links with a role, with the account's state, and with nothing else", async () => {
  const open = async (userId: string) => {
    const [session] = await program.db
      .insert(sessions)
      .values({ userId, address: "127.0.0.1", userAgent: "", expiresAt: new Date(Date.now() + 60_000) })
      .returning();
    const { path } = await admin.client.users.createResetLink.mutate({ userId });
    expect(path).toMatch(/^\/reset\?secret=[\w-]{32}$/);
    return session?.id;
  };
  const left = async (userId: string) => ({
    sessions: await program.db.$count(sessions, and(eq(sessions.userId, userId), isNull(sessions.revokedAt))),
    tokens: await program.db.$count(apiTokens, and(eq(apiTokens.userId, userId), isNull(apiTokens.revokedAt))),
    links: await program.db.$count(resetLinks, and(eq(resetLinks.userId, userId), isNull(resetLinks.usedAt))),
  });
  for (const name of ["role", "deactivate"] as const) {
    const target = await add();
    await open(target.id);
    await open(target.id);
    expect(await left(target.id)).toEqual({ sessions: 2, tokens: 1, links: 1 });
    await tryAll(admin.client, target, ["rename", "deny", "limits"]);
    expect(await left(target.id)).toEqual({ sessions: 2, tokens: 1, links: 1 });
    await tryAll(admin.client, target, ["grant"]);
    // Who has been given more is not to be had for a link that was made before.
    expect(await left(target.id)).toEqual({ sessions: 2, tokens: 1, links: 0 });
    await open(target.id);
    await tryAll(admin.client, target, [name]);
    expect(await left(target.id)).toEqual({ sessions: 0, tokens: 0, links: 0 });
    expect(await outcomeOf(target.client.auth.me.query())).toBe("SIGN_IN_REQUIRED");
  }
});

it("writes one row for each change and each refusal, with who, on whom, and nothing secret", async () => {
  const target = await add();
  await tryAll(admin.client, target, ["rename", "grant", "limits", "role", "deactivate"]);
  const { path } = await admin.client.users.createResetLink.mutate({ userId: target.id });
  // Of the refusals of one person in a minute, only the first are written.
  const fresh = await add({ role: "operator", granted: managing });
  await tryAll(fresh.client, target, ["grant"]);
  const rows = await auditOf(target.id);
  expect(rows.map(({ action, actorId, result }) => [action, actorId, result])).toEqual([
    ["users.update", admin.id, "ok"],
    ["users.grantPermission", admin.id, "ok"],
    ["users.setLimits", admin.id, "ok"],
    ["users.changeRole", admin.id, "ok"],
    ["users.update", admin.id, "ok"],
    ["users.createResetLink", admin.id, "ok"],
    ["users.grantPermission", fresh.id, "ok"],
  ]);
  await tryAll(fresh.client, admin, ["role"]);
  expect((await auditOf(admin.id)).at(-1)).toMatchObject({
    action: "users.changeRole",
    actorId: fresh.id,
    result: "refused",
    details: { code: "TARGET_OUTRANKS" },
  });
  const secret = path.split("=")[1] ?? "";
  expect(JSON.stringify(rows.map(({ details }) => details))).not.toContain(secret);
  expect(JSON.stringify(await program.db.select().from(resetLinks))).not.toContain(secret);
});
