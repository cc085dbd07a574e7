import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { serverPorts } from "@/domains/servers/server/table";
import { testManagement } from "./management-rounds";
import { until } from "./program-until";
import { take } from "./snapshots/program-snapshots";

const { all, control, managementOf, untilManaged, say, logOf, namesIn, expectHidden } = testManagement();
const slowly = { timeout: 90_000 };

it("is switched on where the game has it, with a port of its own, and not where it has not", slowly, async () => {
  const { program, serverId, oldId } = all();
  await untilManaged();
  expect(await control(oldId)).toBe("rcon");
  const found = await managementOf(serverId);
  expect(found).toMatchObject({
    enabled: "true",
    host: "127.0.0.1",
    "tls-enabled": "false",
    "allowed-origins": "",
    secret: expect.stringMatching(/^[A-Za-z0-9]{40}$/),
  });
  const ports = await program.db.select().from(serverPorts).where(eq(serverPorts.purpose, "management"));
  expect(ports).toEqual([{ port: Number(found.port), holder: serverId, purpose: "management" }]);
  expect((await managementOf(oldId)).enabled).toBe("false");
});

it("tells who comes and goes, also past the log, and counts nobody twice", slowly, async () => {
  const { admin, serverId, oldId } = all();
  const present = async (id: string) => {
    const [server] = await admin.players.online.query({ serverId: id });
    return server?.players
      .map(({ name }) => name)
      .sort()
      .join();
  };
  await say(serverId, "join Steve");
  await say(serverId, "sneak-in Notch");
  await until(
    async () => (await admin.players.online.query({ serverId }))[0]?.online === 2,
    "two are told of at once",
    4500,
  );
  await until(async () => (await present(serverId)) === "Notch,Steve", "both are there", 10_000);
  const [online] = await admin.players.online.query({ serverId });
  const notch = online?.players.find(({ name }) => name === "Notch");
  expect(notch?.uuid).toBe("b50ad385-829d-3141-a216-7e7d7539ba7f");
  await say(oldId, "join Steve");
  await until(async () => (await present(oldId)) === "Steve", "he is there too");

  for (const id of [serverId, oldId]) await admin.players.message.mutate({ serverId: id, text: "Hi @a" });
  await admin.players.message.mutate({ serverId, name: "Notch", text: "Psst" });
  await expect(admin.players.message.mutate({ serverId, name: "Nobody", text: "Psst" })).rejects.toMatchObject({
    data: { error: { code: "PLAYER_NOT_ONLINE" } },
  });
  for (const id of [serverId, oldId]) await admin.players.kick.mutate({ serverId: id, name: "Steve", reason: "Bye" });
  await expect(admin.players.kick.mutate({ serverId, name: "Steve" })).rejects.toMatchObject({
    data: { error: { code: "PLAYER_NOT_ONLINE" } },
  });
  await until(async () => {
    const { items } = await admin.players.history.query({ serverId });
    const stays = items.map(({ name, endedBy }) => `${name} ${endedBy ?? "there"}`);
    return stays.sort().join() === "Notch there,Steve left";
  }, "each stay is counted once");
  // Only one of the two was told by its console.
  expect(await logOf(serverId)).toContain("[Server] Hi @a");
  expect(await logOf(serverId)).not.toContain("[Rcon: ");
  expect(await logOf(oldId)).toContain("[Rcon] Hi @a");
});

it("carries groups and lists, with levels and ends that commands do not have", slowly, async () => {
  const { admin, serverId, oldId } = all();
  const players = [{ name: "Alex" }, { name: "Jeb", level: 2 }];
  const group = await admin.groups.create.mutate({ name: "Staff", type: "op", players });
  for (const id of [serverId, oldId]) await admin.groups.attach.mutate({ groupId: group.id, serverId: id });
  await until(async () => (await namesIn(serverId, "ops.json")).length === 2, "the new one has both");
  await until(async () => (await namesIn(oldId, "ops.json")).join() === "Alex", "the old one has whom it can have");
  await until(async () => {
    const { servers } = await admin.groups.get.query({ groupId: group.id });
    const states = new Map(servers.map((server) => [server.serverId, server.state]));
    return states.get(serverId) === "synced" && states.get(oldId) === "pending";
  }, "the old one waits for its next stop");
  const ban = { name: "Griefer", reason: "Broke it", expiresAt: new Date("2030-01-01T00:00:00Z") };
  await admin.players.ban.mutate({ serverId, ...ban });
  await expect(admin.players.ban.mutate({ serverId: oldId, ...ban })).rejects.toMatchObject({
    data: { error: { code: "BAN_END_NEEDS_STOP" } },
  });
  expect((await admin.players.lists.query({ serverId })).bans).toMatchObject([ban]);
  await admin.players.pardon.mutate({ serverId, name: "griefer" });
  expect(await namesIn(serverId, "banned-players.json")).toEqual([]);
});

it("saves for snapshots, and leaves saving as it was", slowly, async () => {
  const { admin, serverId, oldId } = all();
  for (const id of [serverId, oldId]) expect(await take(admin, id)).toMatchObject({ status: "complete" });
  expect(await logOf(oldId)).toContain("[Rcon: Saved the game]");
  expect(await logOf(serverId)).not.toContain("[Rcon: Saved the game]");
  expect(await say(serverId, "save-on")).toBe("Saving is already turned on");
  await say(serverId, "save-off");
  expect(await take(admin, serverId)).toMatchObject({ status: "complete" });
  expect(await say(serverId, "save-off")).toBe("Saving is already turned off");
  await say(serverId, "save-on");
});

it("is taken up again by the next mcsd, and its secret is nowhere to be seen", slowly, async () => {
  const { program } = all();
  await program.stop();
  await program.start();
  await untilManaged();
  await expectHidden();
});
