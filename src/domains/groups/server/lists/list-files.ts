import type { Clock } from "@/server/clock";
import { parseProperties } from "../../../servers/server/properties-file";
import type { ServerFolder } from "../../../servers/server/server-folder";
import type { ListedPlayer } from "../plan-list";
import { editListFile, parseListFile } from "./list-file";
import { type ListOutcome, listFiles, type PlayerLists } from "./player-lists";
import { readLiveList } from "./read-live-list";

/** What a server's folder says about its lists. */
export interface ListPlace {
  folder: ServerFolder;
  clock: Clock;
  /** UUIDs by lower-case name, of those that are known, as a server in this mode has them. */
  uuidsOf(players: readonly ListedPlayer[], isOnlineMode: boolean): Promise<ReadonlyMap<string, string>>;
}

/** Of server.properties, with the game's own values where it says nothing. */
export async function readListSettings(folder: ServerFolder): Promise<{ usualLevel: number; isOnlineMode: boolean }> {
  const properties = parseProperties((await folder.read("server.properties")) ?? "");
  const level = Number(properties.get("op-permission-level") ?? 4);
  return {
    usualLevel: Number.isInteger(level) && level >= 0 && level <= 4 ? level : 4,
    isOnlineMode: properties.get("online-mode")?.trim().toLowerCase() !== "false",
  };
}

/** The lists of a stopped server: its files, each written whole and in one moment. The caller sees to it that it does not start meanwhile. */
export function listsInFiles({ folder, clock, uuidsOf }: ListPlace): PlayerLists {
  return {
    way: "files",
    read: (type) => readLiveList(folder, type, clock),

    async put(type, players) {
      if (players.length === 0) return [];
      const { usualLevel, isOnlineMode } = await readListSettings(folder);
      const text = await folder.read(listFiles[type]);
      const uuids = await uuidsOf(players, isOnlineMode);
      const there = new Set(parseListFile(text, type).map(({ name }) => name.toLowerCase()));
      const outcomes: ListOutcome[] = [];
      const put = players.flatMap((player) => {
        const uuid = uuids.get(player.name.toLowerCase());
        // Who stands there has a UUID already.
        const isPossible = uuid !== undefined || there.has(player.name.toLowerCase());
        outcomes.push({
          name: player.name,
          ...(isPossible ? { result: "done" } : { result: "waits", reason: "uuid_unknown" }),
        });
        return isPossible ? [{ ...player, uuid: uuid ?? "" }] : [];
      });
      if (put.length > 0)
        await folder.write(listFiles[type], editListFile(text, type, { put, usualLevel, now: clock.now() }));
      return outcomes;
    },

    async remove(type, players) {
      if (players.length === 0) return [];
      const text = await folder.read(listFiles[type]);
      const change = { remove: players, usualLevel: 4, now: clock.now() };
      if (text !== null) await folder.write(listFiles[type], editListFile(text, type, change));
      return players.map(({ name }) => ({ name, result: "done" }));
    },
  };
}
