import { and, eq, inArray, ne } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { auditLog } from "@/domains/audit/server/table";
import { apiTokens } from "@/domains/auth/server/table";
import { servers } from "@/domains/servers/server/table";
import { users } from "@/domains/users/server/table";
import { fullInputs } from "./api-full-inputs";
import { listProcedures } from "./procedures-list";
import { type Program, startProgram } from "./program";
import { callProcedure } from "./program-calls";
import { type Acting, addActing, outcomeOf } from "./program-outcomes";
import { openBrowser } from "./program-session";

let program: Program;

beforeAll(async () => {
  program = await startProgram();
});
afterAll(() => program?.end());

const add = (options?: Parameters<typeof addActing>[1]) => addActing(program, options);
const activeAdministrators = () =>
  program.db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, "admin"), eq(users.isActive, true), eq(users.isApproved, true)));

type Act = (by: Acting, on: Acting) => Promise<unknown>;
const ways: Readonly<Record<string, Act>> = {
  demote: ({ client }, { id: userId }) => client.users.changeRole.mutate({ userId, role: "user" }),
  deactivate: ({ client }, { id: userId }) => client.users.update.mutate({ userId, isActive: false }),
  deny: ({ client }, { id: userId }) => client.users.denyPermission.mutate({ userId, permission: "users.change_role" }),
  remove: ({ client }, { id: userId, username }) => client.users.delete.mutate({ userId, confirm: username }),
};

/** Nobody but these two is an administrator meanwhile. */
async function alone(pair: readonly [Acting, Acting], work: () => Promise<void>): Promise<void> {
  const { db } = program;
  const others = await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, "admin"), eq(users.isActive, true), ne(users.id, pair[0].id), ne(users.id, pair[1].id)));
  const ids = others.map(({ id }) => id);
  if (ids.length > 0) await db.update(users).set({ isActive: false }).where(inArray(users.id, ids));
  try {
    await work();
  } finally {
    if (ids.length > 0) await db.update(users).set({ isActive: true }).where(inArray(users.id, ids));
  }
}

it("leaves one of two administrators who demote each other, fifty times", { timeout: 120_000 }, async () => {
  const pair = [await add({ role: "admin" }), await add({ role: "admin" })] as const;
  const [first, second] = pair;
  const losses = new Map<string, number>();
  await alone(pair, async () => {
    for (let round = 0; round < 50; round++) {
      const demote = ways.demote as Act;
      const outcomes = await Promise.all([outcomeOf(demote(first, second)), outcomeOf(demote(second, first))]);
      expect([round, outcomes.filter((outcome) => outcome === "ok").length]).toEqual([round, 1]);
      expect(await activeAdministrators()).toHaveLength(1);
      const lost = outcomes.find((outcome) => outcome !== "ok") ?? "";
      losses.set(lost, (losses.get(lost) ?? 0) + 1);
      for (const { id } of pair) {
        await program.db.update(users).set({ role: "admin" }).where(eq(users.id, id));
        await program.db.update(apiTokens).set({ revokedAt: null }).where(eq(apiTokens.userId, id));
      }
    }
  });
  console.log(`50 rounds: ${[...losses].map(([code, count]) => `${count} ${code}`).join(", ")}`);
});

it("leaves one of them whatever they do to each other at the same moment", { timeout: 120_000 }, async () => {
  for (const [one, act] of Object.entries(ways)) {
    for (const [other, answer] of Object.entries(ways)) {
      const pair = [await add({ role: "admin" }), await add({ role: "admin" })] as const;
      await alone(pair, async () => {
        await Promise.all([outcomeOf(act(pair[0], pair[1])), outcomeOf(answer(pair[1], pair[0]))]);
        const left = await activeAdministrators();
        expect([one, other, left.length > 0]).toEqual([one, other, true]);
      });
    }
  }
});

it("lets an act that waited for another count only by the rights that are left", { timeout: 60_000 }, async () => {
  const last = await add({ role: "admin" });
  const { db } = program;
  const counted = { before: 0, refused: 0 };
  for (let round = 0; round < 20; round++) {
    const [one, target] = [await add({ role: "admin" }), await add()];
    const [, acted] = await Promise.all([
      outcomeOf(last.client.users.changeRole.mutate({ userId: one.id, role: "user" })),
      outcomeOf(one.client.users.changeRole.mutate({ userId: target.id, role: "operator" })),
    ]);
    const rows = await db.select().from(auditLog).where(eq(auditLog.action, "users.changeRole")).orderBy(auditLog.id);
    const demoted = rows.findIndex((row) => row.targetId === one.id);
    const act = rows.findIndex((row) => row.actorId === one.id && row.result === "ok");
    // In the order of the log, nobody acts who has been demoted.
    expect([round, acted, act < demoted]).toEqual([round, act < 0 ? acted : "ok", true]);
    counted[act < 0 ? "refused" : "before"]++;
  }
  console.log(`20 rounds: ${counted.before} acted before they were demoted, ${counted.refused} were refused`);
});

it("is changed by no field that a procedure does not ask for", { timeout: 120_000 }, async () => {
  const [owner, stranger] = [await add(), await add()];
  const input = { name: "Mine", type: "custom", version: "1", memoryMb: 128, acceptEula: false, wait: true } as const;
  const created = await owner.client.servers.create.mutate(input);
  const serverId = "id" in created ? created.id : "";
  const extra = {
    ...{ role: "admin", isApproved: true, approved: true, isActive: true, granted: ["users.view"], denied: [] },
    ...{
      permissions: ["users.view"],
      limits: { maxServers: 99 },
      id: stranger.id,
      ownerId: stranger.id,
      hasTotp: true,
    },
    ...{
      passwordHash: "x",
      createdBy: stranger.id,
      scopes: null,
      mustEnrol: false,
      kind: "system",
      userId: stranger.id,
    },
  };
  const waiting = await add({ isApproved: false });
  const rightsOf = async ({ id }: Acting) => {
    const [row] = await program.db.select().from(users).where(eq(users.id, id));
    const { role, isApproved, isActive, granted, denied, limits, hasTotp, passwordHash } = row ?? {};
    return { id: row?.id, role, isApproved, isActive, granted, denied, limits, hasTotp, passwordHash };
  };
  const all = [owner, stranger, waiting];
  const before = await Promise.all(all.map(rightsOf));
  const known = await program.db.$count(users);
  let calls = 0;
  for (const { path, type } of listProcedures()) {
    if (type !== "mutation" || path === "auth.issueToken" || path === "auth.register") continue;
    const full =
      fullInputs[path]?.({
        serverId,
        jobId: crypto.randomUUID(),
        snapshotId: crypto.randomUUID(),
        groupId: crypto.randomUUID(),
        userId: stranger.id,
      }) ?? {};
    for (const { token } of [owner, waiting]) {
      await callProcedure(program.url, { path, type, input: { ...extra, ...full }, credentials: { token } });
      await callProcedure(program.url, { path, type, input: { ...full, ...extra }, credentials: { token } });
      calls += 2;
    }
  }
  console.log(`${calls} calls with fields that nobody asked for`);
  expect(await Promise.all(all.map(rightsOf))).toEqual(before);
  const [server] = await program.db.select().from(servers).where(eq(servers.id, serverId));
  expect(server).toMatchObject({ id: serverId, ownerId: owner.id });
  expect(await program.db.$count(users)).toBe(known);
});

it("gives an administrator's own fields no further than the procedure says", async () => {
  const admin = await add({ role: "admin" });
  const target = await add();
  const { id: userId } = target;
  const call = (path: string, input: object) =>
    callProcedure(program.url, { path, type: "mutation", input, credentials: { token: admin.token } });
  const extra = { role: "admin", isApproved: false, granted: ["users.view"], limits: { maxServers: 9 }, id: admin.id };
  await call("users.update", { userId, username: "still-a-user", ...extra });
  await call("users.grantPermission", { userId, permission: "groups.view", ...extra });
  const made = await call("users.create", {
    username: "made-plain",
    password: "a passphrase 77",
    ...extra,
    role: "user",
  });
  expect(made.data).toMatchObject({ role: "user", granted: [], limits: { maxServers: null } });
  expect((made.data as { id: string }).id).not.toBe(admin.id);
  const [row] = await program.db.select().from(users).where(eq(users.id, userId));
  expect(row).toMatchObject({
    username: "still-a-user",
    role: "user",
    isApproved: true,
    granted: ["groups.view"],
    limits: {},
  });
  const registered = await call("auth.register", {
    username: "by-herself",
    password: "a passphrase 77",
    ...extra,
    isApproved: true,
  });
  expect(registered.error).toBeNull();
  const [herself] = await program.db.select().from(users).where(eq(users.username, "by-herself"));
  expect(herself).toMatchObject({ role: "user", isApproved: false, granted: [], limits: {} });
});

it("ends one session of a person, and no other's by way of a wrong one", async () => {
  const admin = await add({ role: "admin" });
  const password = "a passphrase of mine 1";
  const [first, second] = [await add({ password }), await add({ password })];
  const browsers = await Promise.all(
    [first, second].map(async ({ username }) => {
      const browser = openBrowser(program.url);
      await browser.signIn({ username, password });
      return browser;
    }),
  );
  const me = async (index: number) => {
    const credentials = { cookie: browsers[index]?.cookie() };
    return (await callProcedure(program.url, { path: "auth.me", type: "query", credentials })).error?.code ?? "ok";
  };
  const [session] = await admin.client.users.listSessions.query({ userId: second.id });
  const sessionId = session?.id ?? "";
  expect(session).toMatchObject({ isCurrent: false, signedInWith: "password" });
  const end = (userId: string) => outcomeOf(admin.client.users.endSessions.mutate({ userId, sessionId }));
  expect(await end(first.id)).toBe("SESSION_NOT_FOUND");
  expect([await me(0), await me(1)]).toEqual(["ok", "ok"]);
  expect(await end(second.id)).toBe("ok");
  expect([await me(0), await me(1)]).toEqual(["ok", "SIGN_IN_REQUIRED"]);
  expect(await end(second.id)).toBe("SESSION_NOT_FOUND");
  expect(await admin.client.users.endSessions.mutate({ userId: first.id })).toEqual({ ended: 1 });
  expect(await me(0)).toBe("SIGN_IN_REQUIRED");
});
