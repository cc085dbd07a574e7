import { readFile, rm, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Group, GroupType } from "@/domains/groups/contract";
import { mapConcurrently } from "@/lib/map-concurrently";
import { type Client, createClient } from "@/trpc/node-client";
import { type Program, startProgram } from "./program";
import { addPerson } from "./program-people";
import { addServer, folderOf, untilState } from "./program-servers";
import { until } from "./program-until";

export interface Fleet {
  running: number;
  stopped: number;
  /** They run and do not answer. */
  deaf: number;
}

const files = { op: "ops.json", whitelist: "whitelist.json", ban: "banned-players.json" } as const;
const properties = { "online-mode": "false" };

/** Groups through the whole program, on at least one server of each kind. */
export function testGroups(fleet: Fleet): void {
  let program: Program;
  let client: Client;
  let whitelistId: string;
  const running: string[] = [];
  const stopped: string[] = [];
  const deaf: string[] = [];
  const first = () => running[0] ?? "";
  const last = () => running.at(-1) ?? "";

  beforeAll(async () => {
    program = await startProgram();
    client = await program.admin();
    const places = Array.from({ length: fleet.running + fleet.stopped + fleet.deaf }, (_, index) => index);
    const created = await mapConcurrently(places, 3, () => addServer(program, client, { properties }));
    const ids = created.map(({ id }) => id);
    running.push(...ids.splice(0, fleet.running));
    stopped.push(...ids.splice(0, fleet.stopped));
    deaf.push(...ids);
    await mapConcurrently([...running, ...deaf], 3, async (serverId) => {
      await client.servers.start.mutate({ serverId });
      await untilState(client, serverId, "running");
    });
    await Promise.all(deaf.map((serverId) => writeFile(folderOf(program, serverId, "rcon.deaf"), "")));
  }, 120_000);
  afterAll(() => program?.end());

  const listed = async (serverId: string, type: GroupType): Promise<{ name: string; level?: number }[]> => {
    const text = await readFile(folderOf(program, serverId, files[type]), "utf8").catch(() => "[]");
    try {
      return JSON.parse(text);
    } catch {
      // The game writes in place: between two moments it is no list.
      return listed(serverId, type);
    }
  };
  const names = async (serverId: string, type: GroupType) =>
    (await listed(serverId, type)).map(({ name }) => name).sort();
  const untilNames = (serverId: string, type: GroupType, wanted: string) =>
    until(async () => (await names(serverId, type)).join() === wanted, `${type} is "${wanted}"`);
  const command = (serverId: string, text: string) => client.console.command.mutate({ serverId, command: text });
  const untilGroup = (groupId: string, what: string, isSo: (group: Group) => boolean) =>
    until(async () => isSo(await client.groups.get.query({ groupId })), what);
  const untilSynced = (groupId: string) =>
    untilGroup(groupId, "all servers are synced", ({ servers }) => servers.every(({ state }) => state === "synced"));
  const people = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => `Player_${String(from + index).padStart(3, "0")}`);
  const asPlayers = (wanted: readonly string[]) => wanted.map((name) => ({ name }));
  const sorted = (wanted: readonly string[]) => [...wanted].sort();

  it("brings a hundred players to servers that run, are stopped or do not answer", { timeout: 60_000 }, async () => {
    await command(first(), "whitelist add Handmade");
    await command(first(), "whitelist add player_007");
    const players = asPlayers(people(0, 100));
    const { id: groupId } = await client.groups.create.mutate({ name: "Regulars", type: "whitelist", players });
    whitelistId = groupId;
    const [preview] = await client.groups.preview.query({ groupId, serverId: first() });
    expect(preview).toMatchObject({ byHand: ["Player_007"], remove: [], error: null });
    expect(preview?.add).toHaveLength(99);
    const all = [...running, ...stopped, ...deaf];
    for (const serverId of all) await client.groups.attach.mutate({ groupId, serverId });
    await untilGroup(groupId, "who can be reached is synced, the others are told why not", ({ servers }) =>
      servers.every(({ serverId, state, lastError }) =>
        deaf.includes(serverId) ? state === "pending" && lastError?.code === "RCON_TIMEOUT" : state === "synced",
      ),
    );

    // What is changed while they cannot be reached counts when they can.
    const [addPlayers, removePlayers] = [asPlayers([".Bedrock"]), people(50, 100)];
    await client.groups.update.mutate({ groupId, removePlayers, addPlayers });
    await Promise.all(deaf.map((serverId) => rm(folderOf(program, serverId, "rcon.deaf"))));
    await untilSynced(groupId);
    const wanted = [".Bedrock", ...people(0, 50)];
    for (const serverId of all.slice(1)) expect(await names(serverId, "whitelist")).toEqual(sorted(wanted));
    // Who was there by hand is written as they wrote it, and stays.
    const byHand = wanted.map((name) => (name === "Player_007" ? "player_007" : name));
    expect(await names(first(), "whitelist")).toEqual(sorted([...byHand, "Handmade"]));
    // The game itself knows: its own word, not the file's.
    expect((await command(deaf[0] ?? "", "whitelist list")).reply).toContain("51 whitelisted");
  });

  it("tells what somebody did in the game, and undoes it or takes it over", { timeout: 30_000 }, async () => {
    const groupId = whitelistId;
    const serverId = last();
    for (const text of ["remove Player_001", "remove Player_002", "add Guest"])
      await command(serverId, `whitelist ${text}`);
    const drift = async () => {
      const [server] = await client.groups.drift.query({ groupId, serverId });
      const items = server?.items?.filter(({ name }) => name !== "Handmade") ?? [];
      return items.map(({ kind, name }) => `${name} ${kind}`).sort();
    };
    expect(await drift()).toEqual(["Guest extra", "Player_001 missing", "Player_002 missing"]);
    // Looking again changes nothing of it.
    await client.groups.sync.mutate({ groupId, wait: true });
    expect(await drift()).toHaveLength(3);
    await client.groups.undo.mutate({ groupId, serverId, names: ["Player_001"] });
    await client.groups.adopt.mutate({ groupId, serverId, names: ["Player_002", "Guest"] });
    await untilSynced(groupId);
    expect(await drift()).toEqual([]);
    const wanted = sorted([".Bedrock", "Guest", ...people(0, 50)].filter((name) => name !== "Player_002"));
    expect(await names(stopped[0] ?? "", "whitelist")).toEqual(wanted);
    expect(await names(serverId, "whitelist")).toEqual(expect.arrayContaining(["Guest", "Player_001"]));
    const again = client.groups.undo.mutate({ groupId, serverId, names: ["Guest"] });
    await expect(again).rejects.toMatchObject({ data: { error: { code: "GROUP_CHANGED" } } });
  });

  it("gives levels at the next start, by the larger priority, and ends bans by itself", {
    timeout: 60_000,
  }, async () => {
    const serverId = last();
    const [chief, helper, guest] = [
      { name: "Chief", level: 4 },
      { name: "Helper", level: 2 },
      { name: "Chief", level: 1 },
    ];
    const staff = await client.groups.create.mutate({ name: "Staff", type: "op", players: [chief, helper] });
    const guests = await client.groups.create.mutate({ name: "Guests", type: "op", players: [guest] });
    await client.groups.attach.mutate({ groupId: guests.id, serverId });
    await client.groups.attach.mutate({ groupId: staff.id, serverId, priority: 5 });
    await untilNames(serverId, "op", "Chief");
    await untilGroup(staff.id, "a level waits", ({ servers }) => servers[0]?.lastError?.code === "level_needs_stop");
    await client.servers.restart.mutate({ serverId, wait: true });
    await untilSynced(staff.id);
    // The game keeps what it read: it writes all of it at the next change.
    await command(serverId, "op Somebody");
    const levels = (await listed(serverId, "op")).map(({ name, level }) => `${name} ${level}`);
    expect(levels.sort()).toEqual(["Chief 4", "Helper 2", "Somebody 4"]);
    // Without the one, the other decides: told before, and nothing is done.
    const without = { remove: ["Helper"], change: ["Chief"], stay: ["Chief"], error: null };
    expect(await client.groups.previewDetach.query({ groupId: staff.id, serverId })).toMatchObject(without);
    expect(await listed(serverId, "op")).toHaveLength(3);

    const expiresAt = new Date(Date.now() + 3000);
    const players = [{ name: "Griefer", reason: "Fire in the hall", expiresAt }, { name: "Forever" }];
    const bans = await client.groups.create.mutate({ name: "Timeout", type: "ban", players });
    const places = [serverId, stopped[0] ?? ""];
    for (const id of places) await client.groups.attach.mutate({ groupId: bans.id, serverId: id });
    await untilSynced(bans.id);
    const banned = [{ name: "Forever" }, { name: "Griefer", reason: "Fire in the hall" }];
    for (const id of places) expect(await listed(id, "ban")).toMatchObject(banned);
    for (const id of places) await untilNames(id, "ban", "Forever");
  });

  it("keeps each person to their own groups and servers", async () => {
    const people = await Promise.all([addPerson(program.db), addPerson(program.db)]);
    const [owner, other] = people.map(({ token }) => createClient({ url: program.url, token }));
    if (!owner || !other) throw new Error("nobody is there");
    const custom = {
      name: "Theirs",
      type: "custom",
      version: "1",
      memoryMb: 128,
      acceptEula: false,
      wait: true,
    } as const;
    const created = await owner.servers.create.mutate(custom);
    const serverId = "id" in created ? created.id : "";
    const code = (call: Promise<unknown>) =>
      call.then(
        () => "ok",
        (error) => error.data?.error.code,
      );
    const mine = await other.groups.create.mutate({ name: "Mine", type: "op", players: asPlayers(["Me"]) });
    const groupId = mine.id;
    // Neither the group nor the server of somebody else is there for them.
    expect(await code(owner.groups.get.query({ groupId }))).toBe("GROUP_NOT_FOUND");
    expect(await code(owner.groups.attach.mutate({ groupId, serverId }))).toBe("GROUP_NOT_FOUND");
    expect(await code(other.groups.attach.mutate({ groupId, serverId }))).toBe("SERVER_NOT_FOUND");
    // An administrator brings the two together: its owner may not make operators of others' servers through the group.
    await client.groups.attach.mutate({ groupId, serverId });
    expect(await other.groups.get.query({ groupId })).toMatchObject({ servers: [], hiddenServers: 1 });
    expect(await code(other.groups.update.mutate({ groupId, addPlayers: asPlayers(["Friend"]) }))).toBe(
      "PERMISSION_MISSING",
    );
    expect(await owner.groups.list.query({ serverId })).toMatchObject([{ name: "Mine", ownerId: people[1]?.id }]);
    expect(await code(other.groups.previewDetach.query({ groupId, serverId }))).toBe("GROUP_NOT_ATTACHED");
    expect(await other.groups.previewDelete.query({ groupId })).toEqual([]);
    expect(await owner.groups.previewDetach.query({ groupId, serverId })).toMatchObject({ serverId, error: null });
    expect(await code(owner.groups.detach.mutate({ groupId, serverId }))).toBe("ok");
    expect(await code(owner.groups.previewDetach.query({ groupId, serverId }))).toBe("GROUP_NOT_FOUND");
    expect(await code(other.groups.update.mutate({ groupId, addPlayers: asPlayers(["Friend"]) }))).toBe("ok");
    // A template may be looked at and copied, and not changed.
    await other.groups.update.mutate({ groupId, isTemplate: true });
    expect(await code(owner.groups.update.mutate({ groupId, name: "Ours" }))).toBe("PERMISSION_MISSING");
    expect(await code(owner.groups.previewDelete.query({ groupId }))).toBe("PERMISSION_MISSING");
    const copy = await owner.groups.copy.mutate({ groupId, name: "Mine" });
    expect(copy).toMatchObject({ ownerId: people[0]?.id, isTemplate: false, playerCount: 2 });
    expect(await code(owner.groups.create.mutate({ name: "Mine", type: "ban" }))).toBe("GROUP_NAME_TAKEN");
    expect(await code(owner.groups.create.mutate({ name: "X", type: "ban", players: [{ name: "A", level: 2 }] }))).toBe(
      "VALIDATION_FAILED",
    );
    // Groups go with their owner, or where the owner's servers go.
    const [first, second] = people;
    if (!first || !second) throw new Error("nobody is there");
    const servers = { action: "transfer", toUserId: second.id } as const;
    await client.users.delete.mutate({ userId: first.id, confirm: first.username, servers });
    const left = (await other.groups.list.query()).map(({ name }) => name);
    expect(left.sort()).toEqual(["Mine", `Mine (${first.username})`]);
  });

  it("settles at the next boot what an end of mcsd has cut off, and takes only its own", {
    timeout: 60_000,
  }, async () => {
    const groupId = whitelistId;
    const boot = async () => {
      await program.kill9();
      await program.start();
      client = await program.admin();
    };
    await client.groups.update.mutate({ groupId, addPlayers: asPlayers(people(200, 260)) });
    await boot();
    await untilSynced(groupId);
    for (const serverId of [...running, ...stopped, ...deaf])
      expect(await names(serverId, "whitelist")).toEqual(expect.arrayContaining(people(200, 260)));

    const previews = await client.groups.previewDelete.query({ groupId });
    expect(previews.map(({ serverId }) => serverId).sort()).toEqual([...running, ...stopped, ...deaf].sort());
    for (const { serverId, remove, stay } of previews) {
      expect(stay).toEqual(serverId === first() ? ["Player_007"] : []);
      const listedNow = await names(serverId, "whitelist");
      expect(sorted(remove)).toEqual(listedNow.filter((name) => !["Handmade", "player_007"].includes(name)));
    }
    await client.groups.delete.mutate({ groupId });
    // Twice in the long run: an end of mcsd while players are taken away is settled in the same way.
    if (fleet.running > 1) await boot();
    for (const serverId of [...running.slice(1), ...stopped, ...deaf]) await untilNames(serverId, "whitelist", "");
    await untilNames(first(), "whitelist", "Handmade,player_007");
  });
}
