import { writeFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { testManagement } from "./management-rounds";
import { untilState } from "./program-servers";
import { until } from "./program-until";
import { take } from "./snapshots/program-snapshots";

const management = testManagement();
const { all, secrets, folder, control, managementOf, untilManaged, say, logOf, fault, noFault } = management;
const slowly = { timeout: 120_000 };

it("takes another way to save when it is lied to", slowly, async () => {
  const { admin, serverId } = all();
  await fault("lie");
  expect(await take(admin, serverId)).toMatchObject({ status: "complete" });
  expect(await logOf(serverId)).toContain("[Rcon: Saved the game]");
  await noFault();
  expect(await say(serverId, "save-on")).toBe("Saving is already turned on");
});

it("is done without when it does not answer, and taken up again over the end of mcsd", slowly, async () => {
  const { program, admin, serverId } = all();
  await fault("cut");
  await expect(admin.players.kick.mutate({ serverId, name: "Steve" })).rejects.toMatchObject({
    data: { error: { code: "MANAGEMENT_UNREACHABLE" } },
  });
  await fault("refuse");
  await until(async () => (await control(serverId)) === "rcon", "RCON is used");
  await admin.players.whitelistAdd.mutate({ serverId, name: "Alex" });
  expect(await logOf(serverId)).toContain("[Rcon: Added Alex to the whitelist]");
  // It ends in the middle of a save, with saving off.
  await noFault();
  await program.kill9();
  await program.start();
  await untilManaged();
  await managementOf(serverId);
  await writeFile(folder(serverId, "stand-in.properties"), "save.ms=1500\n");
  await admin.servers.restart.mutate({ serverId, wait: true });
  await untilManaged();
  const taking = take(admin, serverId).catch(() => null);
  await until(async () => (await program.db.execute("select 1 from saving_off")).length > 0, "saving is off");
  await program.kill9();
  await taking;
  await program.start();
  await until(async () => (await program.db.execute("select 1 from saving_off")).length === 0, "saving is on", 60_000);
  expect(await say(serverId, "save-on")).toBe("Saving is already turned on");
  await managementOf(serverId);
  expect(secrets.size).toBe(2);
});

it("gives a group's levels as soon as it can be had", slowly, async () => {
  const { program, admin, serverId } = all();
  await fault("hang");
  await program.kill9();
  await program.start();
  const players = [{ name: "Leveller", level: 3 }];
  const { id: groupId } = await admin.groups.create.mutate({ name: "Levels", type: "op", players });
  await admin.groups.attach.mutate({ groupId, serverId });
  await admin.groups.sync.mutate({ groupId, wait: true });
  const stateOf = async () => (await admin.groups.get.query({ groupId })).servers[0];
  expect(await stateOf()).toMatchObject({ state: "pending", lastError: { code: "level_needs_stop" } });
  await noFault();
  await until(async () => (await stateOf())?.state === "synced", "the level is given", 30_000);
  expect((await admin.players.lists.query({ serverId })).ops).toMatchObject([{ name: "Leveller", level: 3 }]);
});

it("tells that somebody has gone whom the log has not told of", slowly, async () => {
  const { admin, serverId } = all();
  const present = async () => (await admin.players.online.query({ serverId }))[0]?.players.length;
  await say(serverId, "sneak-in Notch");
  await until(async () => (await present()) === 1, "somebody is there", 15_000);
  await say(serverId, "sneak-out Notch");
  await until(async () => (await present()) === 0, "nobody is there", 15_000);
  // The stay is stored before it is told of.
  const { items } = await admin.players.history.query({ serverId });
  expect(items).toMatchObject([{ name: "Notch", uuid: "b50ad385-829d-3141-a216-7e7d7539ba7f", endedBy: "missing" }]);
});

it("goes with the version and not into copies, and its secret is nowhere to be seen", slowly, async () => {
  const { admin, serverId } = all();
  const { port } = await managementOf(serverId);
  await admin.servers.stop.mutate({ serverId, wait: true });
  await expect(
    admin.servers.updateProperties.mutate({ serverId, properties: { "management-server-enabled": "false" } }),
  ).rejects.toMatchObject({ data: { error: { code: "VALIDATION_FAILED" } } });
  const shown = await admin.servers.properties.query({ serverId });
  expect(shown.managed).toContain("management-server-secret");
  const copy = await admin.servers.clone.mutate({ serverId, name: "Copy", wait: true });
  if (!("id" in copy)) throw new Error("clone did not wait");
  expect(await managementOf(copy.id)).toEqual({});
  await admin.servers.start.mutate({ serverId: copy.id, wait: true });
  const own = await managementOf(copy.id);
  expect(own.enabled).toBe("true");
  expect(own.port).not.toBe(port);

  const change = { serverId, type: "vanilla", version: "1.20.4", acceptDowngrade: true, trial: false } as const;
  await admin.servers.changeVersion.mutate({ ...change, wait: true });
  await admin.servers.start.mutate({ serverId, wait: true });
  expect((await managementOf(serverId)).enabled).toBe("false");
  await admin.servers.undoChange.mutate({ serverId, wait: true });
  await untilState(admin, serverId, "running");
  await untilManaged();
  expect((await managementOf(serverId)).enabled).toBe("true");
  await management.expectHidden();
});
