import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRconClient } from "@/domains/console/server/rcon-client";
import type { RconPort } from "@/domains/console/server/rcon-port";
import { offlineUuid } from "@/domains/players/server/offline-uuid";
import { openServerFolder } from "@/domains/servers/server/server-folder";
import { systemClock } from "@/server/clock";
import { type StandIn, startStandIn } from "@/test/stand-in/start-stand-in";
import type { GroupType } from "../../contract";
import type { ListedPlayer } from "../plan-list";
import { parseListFile } from "./list-file";
import { listsInFiles } from "./list-files";
import { listsByRcon } from "./lists-by-rcon";
import { listFiles, type PlayerLists } from "./player-lists";

let server: StandIn;
let rcon: RconPort;

beforeAll(async () => {
  server = await startStandIn({
    properties: { "online-mode": false },
    behaviour: { "unknown.players": "Nobody" },
  });
  await server.line("RCON running");
  rcon = createRconClient({ host: "127.0.0.1", port: server.rconPort, password: server.rconPassword });
});
afterAll(async () => {
  rcon?.close();
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

describe.each(["op", "whitelist", "ban"] as const)("%s, the same by either way", (type) => {
  const values = (name: string) => ({ name, uuid: offlineUuid(name), level: type === "op" ? 4 : null });
  const usual = type === "ban" ? "Banned by an operator." : null;

  it.each(["rcon", "files"] as const)("%s", async (way) => {
    // The running game would not see what is written into its files: there a folder of one's own would do as well.
    const lists = way === "rcon" ? byRcon() : inFiles(server.folder);
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
      way === "rcon" ? { result: "failed", code: "PLAYER_UNKNOWN" } : { result: "waits", reason: "uuid_unknown" };
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
