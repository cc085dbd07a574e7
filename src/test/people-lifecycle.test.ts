import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { serverMembers, servers } from "@/domains/servers/server/table";
import { users } from "@/domains/users/server/table";
import type { Client } from "@/trpc/node-client";
import { type Program, startProgram } from "./program";
import { type Acting, addActing, outcomeOf } from "./program-outcomes";
import { addServer, findJvms, untilState } from "./program-servers";
import { until } from "./program-until";

let program: Program;
let admin: Client;

beforeAll(async () => {
  program = await startProgram();
  admin = await program.admin();
});
afterAll(() => program?.end());

const add = (options?: Parameters<typeof addActing>[1]) => addActing(program, options);
const stateOf = async ({ id }: Acting) => (await admin.users.get.query({ userId: id })).state;
const remove = (target: Acting, fate?: Parameters<Client["users"]["delete"]["mutate"]>[0]["servers"]) =>
  admin.users.delete.mutate({ userId: target.id, confirm: target.username, servers: fate });

let count = 0;
async function addCustom(client: Client): Promise<string> {
  const created = await client.servers.create.mutate({
    name: `Inherited ${++count}`,
    type: "custom",
    version: "1",
    memoryMb: 128,
    acceptEula: false,
    wait: true,
  });
  return "id" in created ? created.id : "";
}

it("lets people in and turns them down, and says of each of several what became of them", async () => {
  const [first, second, third] = [
    await add({ isApproved: false }),
    await add({ isApproved: false }),
    await add({ isApproved: false }),
  ];
  expect(await outcomeOf(first.client.servers.list.query())).toBe("NOT_APPROVED");
  const { waiting } = await admin.users.counts.query();
  expect(waiting).toBeGreaterThanOrEqual(3);
  expect((await admin.users.approve.mutate({ userId: first.id })).state).toBe("active");
  // The same token: who waits with the page open is in at once.
  expect(await outcomeOf(first.client.servers.list.query())).toBe("ok");
  expect(await outcomeOf(admin.users.approve.mutate({ userId: first.id }))).toBe("USER_STATE_CONFLICT");
  expect(await outcomeOf(admin.users.reject.mutate({ userId: first.id }))).toBe("USER_STATE_CONFLICT");

  expect((await admin.users.reject.mutate({ userId: second.id })).state).toBe("rejected");
  expect(await outcomeOf(second.client.auth.me.query())).toBe("SIGN_IN_REQUIRED");
  expect(await admin.users.counts.query()).toEqual({ waiting: waiting - 2 });
  const nobody = crypto.randomUUID();
  const userIds = [first.id, second.id, third.id, nobody, third.id];
  const { results } = await admin.users.approveMany.mutate({ userIds });
  expect(results.map(({ userId, user, code }) => [userId, user?.state ?? code])).toEqual([
    [first.id, "USER_STATE_CONFLICT"],
    [second.id, "active"],
    [third.id, "active"],
    [nobody, "USER_NOT_FOUND"],
  ]);
  const both = await Promise.all(
    [await add({ isApproved: false })].flatMap(({ id: userId }) => [
      outcomeOf(admin.users.approve.mutate({ userId })),
      outcomeOf(admin.users.approve.mutate({ userId })),
    ]),
  );
  expect(both.sort()).toEqual(["USER_STATE_CONFLICT", "ok"]);
});

it("finds people by name, role and state, a page at a time, each once", async () => {
  const names = ["Zed_1", "zed_2", "ZED%3", "zed.4", "zed-5"].map((name) => name.replace("%", "."));
  for (const username of names)
    await admin.users.create.mutate({ username, password: "a passphrase 77", role: "operator" });
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await admin.users.list.query({ search: "ZED", role: "operator", state: "active", limit: 2, cursor });
    seen.push(...page.items.map(({ username }) => username));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen.sort()).toEqual([...names].sort());
  // Signs that mean something in patterns are signs here.
  expect((await admin.users.list.query({ search: "%" })).items).toEqual([]);
  expect((await admin.users.list.query({ search: "zed_" })).items).toHaveLength(2);
  expect((await admin.users.list.query({ search: "zed", state: "waiting" })).items).toEqual([]);
  expect(await outcomeOf(admin.users.create.mutate({ username: "ZED_1", password: "a passphrase 77" }))).toBe(
    "USERNAME_TAKEN",
  );
  const many = await Promise.all(
    Array.from({ length: 10 }, () =>
      outcomeOf(admin.users.create.mutate({ username: "at-once", password: "a passphrase 77" })),
    ),
  );
  expect(many.filter((outcome) => outcome === "ok")).toHaveLength(1);
  expect(new Set(many)).toEqual(new Set(["ok", "USERNAME_TAKEN"]));
});

it("asks what becomes of the servers, and hands them over with all that hangs on them", async () => {
  const [owner, receiver, guest] = [await add(), await add(), await add()];
  const serverId = await addCustom(owner.client);
  for (const { username } of [receiver, guest])
    await owner.client.servers.setMember.mutate({ serverId, username, permissions: ["servers.start"] });
  expect((await admin.users.get.query({ userId: owner.id })).serverCount).toBe(1);
  expect(await outcomeOf(remove(owner))).toBe("USER_HAS_SERVERS");
  const wrong = admin.users.delete.mutate({ userId: owner.id, confirm: "somebody else" });
  expect(await outcomeOf(wrong)).toBe("CONFIRMATION_MISMATCH");
  const to = (toUserId: string) => outcomeOf(remove(owner, { action: "transfer", toUserId }));
  expect(await to(owner.id)).toBe("VALIDATION_FAILED");
  expect(await to(crypto.randomUUID())).toBe("USER_NOT_FOUND");
  expect(await to((await add({ isApproved: false })).id)).toBe("USER_STATE_CONFLICT");
  expect(await outcomeOf(owner.client.servers.get.query({ serverId }))).toBe("ok");

  expect(await to(receiver.id)).toBe("ok");
  expect(await outcomeOf(owner.client.auth.me.query())).toBe("SIGN_IN_REQUIRED");
  const server = await receiver.client.servers.get.query({ serverId });
  expect(server).toMatchObject({ ownerId: receiver.id, ownerName: receiver.username });
  expect((await receiver.client.servers.list.query()).map(({ id }) => id)).toEqual([serverId]);
  const members = await receiver.client.servers.members.query({ serverId });
  expect(members.map(({ userId }) => userId)).toEqual([guest.id]);
  expect((await receiver.client.jobs.list.query({})).items.map((job) => job.serverId)).toEqual([serverId]);
  expect((await receiver.client.servers.timeline.query({ serverId })).items[0]).toMatchObject({ kind: "transferred" });
  expect(await outcomeOf(receiver.client.servers.update.mutate({ serverId, description: "mine" }))).toBe("ok");
  expect(await outcomeOf(remove(owner))).toBe("USER_NOT_FOUND");
});

it("shows the new name of an owner wherever their servers are shown", async () => {
  const owner = await add();
  const serverId = await addCustom(owner.client);
  await admin.servers.list.query();
  await admin.users.update.mutate({ userId: owner.id, username: "renamed-owner" });
  expect((await admin.servers.list.query()).find(({ id }) => id === serverId)?.ownerName).toBe("renamed-owner");
});

it("leaves what runs alone when its owner is deactivated, and deletes nothing of what is not stopped", {
  timeout: 60_000,
}, async () => {
  const owner = await add();
  const stopped = await addCustom(owner.client);
  const running = await addServer(program, owner.client);
  await owner.client.servers.start.mutate({ serverId: running.id });
  await untilState(admin, running.id, "running");
  const pids = await findJvms(program, running.id);
  await admin.users.update.mutate({ userId: owner.id, isActive: false });
  const refused = remove(owner, { action: "delete" });
  expect(await outcomeOf(refused)).toBe("SERVERS_NOT_STOPPED");
  await expect(refused).rejects.toMatchObject({
    data: { error: { details: { servers: [{ serverId: running.id, name: running.name, state: "running" }] } } },
  });
  expect((await admin.servers.get.query({ serverId: running.id })).state).toBe("running");
  expect(await findJvms(program, running.id)).toEqual(pids);
  expect((await admin.servers.get.query({ serverId: stopped })).id).toBe(stopped);
  await admin.servers.kill.mutate({ serverId: running.id });
  await untilState(admin, running.id, "stopped");
  expect(await outcomeOf(remove(owner, { action: "delete" }))).toBe("ok");
  for (const serverId of [stopped, running.id])
    expect(await outcomeOf(admin.servers.get.query({ serverId }))).toBe("SERVER_NOT_FOUND");
});

it("finishes with the same call what a crash in the middle has left", { timeout: 60_000 }, async () => {
  const owner = await add();
  for (let index = 0; index < 12; index++) await addCustom(owner.client);
  const left = () => program.db.$count(servers, eq(servers.ownerId, owner.id));
  const call = outcomeOf(remove(owner, { action: "delete" }));
  await until(async () => ((await left()) < 12 ? true : null), "the first server is gone");
  await program.kill9();
  expect(await call).not.toBe("ok");
  const between = await left();
  await program.start();
  expect(between).toBeGreaterThan(0);
  expect(await stateOf(owner)).toBe("deactivated");
  expect(await outcomeOf(remove(owner, { action: "delete" }))).toBe("ok");
  expect(await left()).toBe(0);
  expect(await program.db.$count(users, eq(users.id, owner.id))).toBe(0);
});

it("takes a person's memberships with the person, and a server's with the server", async () => {
  const [owner, guest, other] = [await add(), await add(), await add()];
  const [kept, gone] = [await addCustom(owner.client), await addCustom(owner.client)];
  for (const serverId of [kept, gone])
    for (const { username } of [guest, other])
      await owner.client.servers.setMember.mutate({ serverId, username, permissions: [] });
  await remove(guest);
  const { name } = await owner.client.servers.get.query({ serverId: gone });
  await owner.client.servers.delete.mutate({ serverId: gone, confirm: name, wait: true });
  expect(await program.db.$count(serverMembers, eq(serverMembers.userId, guest.id))).toBe(0);
  expect((await other.client.auth.me.query()).sharedServers).toEqual({ [kept]: [] });
});
