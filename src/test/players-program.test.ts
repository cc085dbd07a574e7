import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ServerEvent } from "@/domains/servers/contract";
import { type Client, createClient } from "@/trpc/node-client";
import { type Program, startProgram } from "./program";
import { addPerson } from "./program-people";
import { addServer } from "./program-servers";
import { openStream } from "./program-stream";
import { until } from "./program-until";

let program: Program;
let admin: Client;

beforeAll(async () => {
  program = await startProgram();
  admin = await program.admin();
}, 60_000);
afterAll(() => program?.end());

it("knows who plays and who did, also over its own end, and acts on them", { timeout: 90_000 }, async () => {
  const owner = await addPerson(program.db);
  const me = createClient({ url: program.url, token: owner.token });
  const { id: serverId } = await addServer(program, me, {
    name: "Played on",
    properties: { "online-mode": "false" },
  });
  await me.servers.start.mutate({ serverId, wait: true });
  const stream = await openStream(program.url, { path: "servers.events", credentials: { token: owner.token } });
  const say = (command: string) => me.console.command.mutate({ serverId, command });
  const present = async () => (await me.players.online.query())[0]?.players.map(({ name }) => name).join() ?? "";
  const untilPresent = (names: string) => until(async () => (await present()) === names, `${names} are there`);

  await say("join Notch");
  await say("join Steve");
  await untilPresent("Notch,Steve");
  await say("say Alex joined the game");
  expect((stream.events as ServerEvent[]).some((event) => event.kind === "players")).toBe(true);
  stream.close();
  const online = await until(async () => {
    const [known] = await me.players.online.query({ serverId });
    return known?.online === 2 && known;
  }, "the server's own count");
  expect(online).toMatchObject({ serverId, name: "Played on", max: 20 });
  expect(online.players[0]).toMatchObject({ name: "Notch", uuid: "b50ad385-829d-3141-a216-7e7d7539ba7f" });

  // Steve leaves and Alex comes while mcsd is away: past the dashboard, which would wait for one answer after the other.
  await writeFile(join(program.dataDir, "run", serverId, "console.in"), "slow 1000\nleave Steve\njoin Alex\n");
  await program.kill9();
  await delay(1500);
  await program.start();
  await untilPresent("Alex,Notch");

  await me.players.message.mutate({ serverId, name: "Notch", text: 'Hello "you"' });
  await me.players.kick.mutate({ serverId, name: "Alex", reason: "Too loud" });
  await untilPresent("Notch");
  await expect(me.players.kick.mutate({ serverId, name: "Alex" })).rejects.toMatchObject({
    data: { error: { code: "PLAYER_NOT_ONLINE" } },
  });
  await expect(me.players.kick.mutate({ serverId, name: "Notch\nstop" })).rejects.toMatchObject({
    data: { error: { code: "VALIDATION_FAILED" } },
  });
  // The same lists by the game's own commands while it runs, and in its files when it has stopped.
  const future = new Date(Date.now() + 86_400_000);
  await me.players.whitelistAdd.mutate({ serverId, name: "Alex" });
  await me.players.op.mutate({ serverId, name: "Notch" });
  await me.players.ban.mutate({ serverId, name: "Griefer", reason: "Broke it" });
  await me.players.ban.mutate({ serverId, name: "Forgiven" });
  await me.players.pardon.mutate({ serverId, name: "Forgiven" });
  const namesIn = (list: { name: string }[]) => list.map(({ name }) => name);
  const lists = await me.players.lists.query({ serverId });
  expect([namesIn(lists.whitelist), namesIn(lists.ops)]).toEqual([["Alex"], ["Notch"]]);
  expect(lists.bans).toMatchObject([{ name: "Griefer", reason: "Broke it" }]);
  await expect(me.players.ban.mutate({ serverId, name: "Late", expiresAt: future })).rejects.toMatchObject({
    data: { error: { code: "BAN_END_NEEDS_STOP" } },
  });
  // mcsd and the server end together, and nobody sees it.
  await me.servers.kill.mutate({ serverId });
  await untilPresent("");
  await me.players.ban.mutate({ serverId, name: "Late", expiresAt: future });
  await me.players.deop.mutate({ serverId, name: "Notch" });
  await me.players.whitelistRemove.mutate({ serverId, name: "Alex" });
  const stopped = await me.players.lists.query({ serverId });
  expect([stopped.whitelist, stopped.ops, namesIn(stopped.bans)]).toEqual([[], [], ["Griefer", "Late"]]);
  expect(stopped.bans[1]?.expiresAt?.getTime()).toBe(Math.floor(future.getTime() / 1000) * 1000);
  const { items } = await until(async () => {
    const history = await me.players.history.query({ serverId });
    return history.items.every(({ leftAt }) => leftAt !== null) && history;
  }, "all stays have ended");
  expect(items.map(({ name, endedBy }) => `${name} ${endedBy}`).sort()).toEqual([
    "Alex left",
    "Notch ended",
    "Steve left",
  ]);
  const first = await me.players.history.query({ limit: 2 });
  const rest = await me.players.history.query({ limit: 2, cursor: first.nextCursor ?? "" });
  expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(items.map(({ id }) => id));
  expect(rest.nextCursor).toBeNull();
  const totals = await me.players.totals.query({ serverId, search: "not" });
  expect(totals).toMatchObject([{ name: "Notch", sessions: 1, isOnline: false }]);
  expect(totals[0]?.seconds).toBeGreaterThan(0);

  // Other people's servers, and their players, are not there.
  const other = createClient({ url: program.url, token: (await addPerson(program.db)).token });
  expect(await other.players.online.query()).toEqual([]);
  expect((await other.players.history.query({})).items).toEqual([]);
  for (const call of [
    () => other.players.totals.query({ serverId }),
    () => other.players.kick.mutate({ serverId, name: "Notch" }),
  ])
    await expect(call()).rejects.toMatchObject({ data: { error: { code: "SERVER_NOT_FOUND" } } });
  const { items: told } = await admin.system.audit.query({ action: "players.kick" });
  expect((await admin.system.audit.query({ action: "players.ban" })).items).toHaveLength(4);
  expect(told.some(({ details }) => details.reason === "Too loud")).toBe(true);
});
