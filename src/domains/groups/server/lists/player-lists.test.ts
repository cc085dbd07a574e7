import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createManagementClient } from "@/domains/console/server/management/management-client";
import type { ManagementPort } from "@/domains/console/server/management/management-port";
import { createRconClient } from "@/domains/console/server/rcon-client";
import type { RconPort } from "@/domains/console/server/rcon-port";
import { offlineUuid } from "@/domains/players/server/offline-uuid";
import { openServerFolder } from "@/domains/servers/server/server-folder";
import { systemClock } from "@/server/clock";
import { until } from "@/test/program-until";
import { type StandIn, startStandIn } from "@/test/stand-in/start-stand-in";
import type { GroupType } from "../../contract";
import type { ListedPlayer } from "../plan-list";
import { parseListFile } from "./list-file";
import { listsInFiles } from "./list-files";
import { listsByManagement } from "./lists-by-management";
import { listsByRcon } from "./lists-by-rcon";
import { listFiles, type PlayerLists } from "./player-lists";

let server: StandIn;
let rcon: RconPort;
let management: ManagementPort;

beforeAll(async () => {
  server = await startStandIn({
    properties: { "online-mode": false },
    behaviour: { "unknown.players": "Nobody" },
  });
  await server.line("RCON running");
  rcon = createRconClient({ host: "127.0.0.1", port: server.rconPort, password: server.rconPassword });
  const { managementPort: port, managementSecret: secret } = server;
  management = createManagementClient({ host: "127.0.0.1", port, secret });
  await until(async () => management.isConnected, "the management service is reached");
});
afterAll(async () => {
  rcon?.close();
  management?.close();
  await server?.dispose();
});

const player = (name: string, more: Partial<ListedPlayer> = {}): ListedPlayer => ({
  ...{ name, uuid: null, level: null, reason: null, expiresAt: null },
  ...more,
});
const inFiles = (folder: string): PlayerLists =>
  listsInFiles({
    folder: openServerFolder(folder, null),
    clock: systemClock,
    uuidsOf: async (players) =>
      new Map(
        players.filter(({ name }) => name !== "Nobody").map(({ name }) => [name.toLowerCase(), offlineUuid(name)]),
      ),
  });
const byRcon = () => listsByRcon(rcon, openServerFolder(server.folder, null), systemClock);
const read = async (type: GroupType) => {
  const text = await readFile(join(server.folder, listFiles[type]), "utf8");
  return parseListFile(text, type).map(({ name, level, reason, uuid }) => ({ name, level, reason, uuid }));
};

describe.each(["op", "whitelist", "ban"] as const)("%s, the same by every way", (type) => {
  const values = (name: string) => ({ name, uuid: offlineUuid(name), level: type === "op" ? 4 : null });
  const usual = type === "ban" ? "Banned by an operator." : null;

  it.each(["rcon", "management", "files"] as const)("%s", async (way) => {
    // The running game would not see what is written into its files: there a folder of one's own would do as well.
    const lists = { rcon: byRcon(), management: listsByManagement(management), files: inFiles(server.folder) }[way];
    expect(lists.way).toBe(way);
    if (way === "files") await writeFile(join(server.folder, listFiles[type]), "[]");
    const reason = type === "ban" ? 'He said "no" § twice' : null;
    const done = (name: string) => ({ name, result: "done" });
    expect(await lists.put(type, [player("Steve"), player("Alex", { reason })])).toEqual([done("Steve"), done("Alex")]);
    expect(await read(type)).toEqual([
      { ...values("Steve"), reason: usual },
      { ...values("Alex"), reason: reason ?? usual },
    ]);
    expect(await lists.put(type, [player("steve")])).toEqual([done("steve")]);
    expect(await lists.remove(type, [player("STEVE"), player("Jeb")])).toEqual([done("STEVE"), done("Jeb")]);
    expect((await lists.read(type)).map(({ name }) => name)).toEqual(["Alex"]);
    if (type === "ban") {
      expect(await lists.put(type, [player("Alex", { reason: "New" })])).toEqual([done("Alex")]);
      expect(await read(type)).toEqual([{ ...values("Alex"), reason: "New" }]);
    }
    const [unknown] = await lists.put(type, [player("Nobody")]);
    const told =
      way === "files" ? { result: "waits", reason: "uuid_unknown" } : { result: "failed", code: "PLAYER_UNKNOWN" };
    expect(unknown).toMatchObject({ name: "Nobody", ...told });
    await lists.remove(type, [player("Alex")]);
  });
});

it("leaves a level that commands cannot give for the next stop, where the files give it", async () => {
  const wish = player("Leveller", { level: 2 });
  expect(await byRcon().put("op", [wish])).toEqual([{ name: "Leveller", result: "waits", reason: "level_needs_stop" }]);
  expect((await byRcon().read("op")).some(({ name }) => name === "Leveller")).toBe(false);
  expect(await inFiles(server.folder).put("op", [wish])).toEqual([{ name: "Leveller", result: "done" }]);
  expect((await byRcon().read("op")).find(({ name }) => name === "Leveller")?.level).toBe(2);
});

it("gives levels and ends by the management service, keeps what stands beside, and believes the list alone", async () => {
  const lists = listsByManagement(management);
  const expiresAt = new Date("2030-05-01T12:34:56Z");
  await lists.put("op", [player("Leveller", { level: 2 }), player("Usual")]);
  await lists.put("ban", [player("Guest", { reason: "x", expiresAt })]);
  expect((await lists.read("op")).map(({ name, level }) => `${name} ${level}`)).toEqual(["Leveller 2", "Usual 4"]);
  expect(await lists.read("ban")).toEqual([player("Guest", { uuid: offlineUuid("Guest"), reason: "x", expiresAt })]);
  await lists.put("op", [player("leveller", { level: 3 })]);
  await lists.put("ban", [player("guest")]);
  const [operator] = JSON.parse(await readFile(join(server.folder, "ops.json"), "utf8")).slice(-1);
  expect(operator).toMatchObject({ name: "Leveller", level: 3 });
  expect(await lists.read("ban")).toEqual([player("Guest", { uuid: offlineUuid("Guest"), reason: "x" })]);
  const banned = JSON.parse(await readFile(join(server.folder, "banned-players.json"), "utf8"));
  expect(banned).toMatchObject([{ source: "mcsd", expires: "forever" }]);
  // A game that says that it has done what it has not.
  await writeFile(join(server.folder, "management.fault"), "lie");
  expect(await lists.put("whitelist", [player("Liar")])).toMatchObject([{ result: "failed", code: "PLAYER_UNKNOWN" }]);
  expect(await lists.put("op", [player("Usual", { level: 1 })])).toMatchObject([{ code: "COMMAND_REFUSED" }]);
  expect(await lists.remove("op", [player("Usual")])).toMatchObject([{ code: "COMMAND_REFUSED" }]);
  await rm(join(server.folder, "management.fault"));
  await lists.remove("op", [player("Usual"), player("Leveller")]);
  await lists.remove("ban", [player("Guest")]);
});

it("keeps what the files say beside, in its order, and never writes over what it cannot read", async () => {
  const lists = inFiles(server.folder);
  const file = join(server.folder, "whitelist.json");
  const kept = { extra: { deep: [1] }, uuid: offlineUuid("Steve"), name: "Steve" };
  await writeFile(file, JSON.stringify([kept, { name: "Alex" }]));
  await lists.put("whitelist", [player("steve"), player("Jeb")]);
  await lists.remove("whitelist", [player("alex")]);
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual([kept, { uuid: offlineUuid("Jeb"), name: "Jeb" }]);
  expect(Object.keys(JSON.parse(await readFile(file, "utf8"))[0])).toEqual(["extra", "uuid", "name"]);

  await writeFile(file, '[{"name": "Ste');
  await expect(lists.put("whitelist", [player("Jeb")])).rejects.toMatchObject({ code: "LIST_UNREADABLE" });
  expect(await readFile(file, "utf8")).toBe('[{"name": "Ste');
});

it("writes and reads the ends of bans", async () => {
  const lists = inFiles(server.folder);
  const expiresAt = new Date("2030-05-01T12:34:56Z");
  await writeFile(join(server.folder, "banned-players.json"), "[]");
  await lists.put("ban", [player("Steve", { reason: "x", expiresAt })]);
  expect(await lists.read("ban")).toEqual([player("Steve", { uuid: offlineUuid("Steve"), reason: "x", expiresAt })]);
  expect(await readFile(join(server.folder, "banned-players.json"), "utf8")).toContain('"2030-05-01 12:34:56 +0000"');
});
