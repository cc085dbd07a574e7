import type { Clock } from "@/server/clock";
import type { RconPort } from "../../../console/server/rcon-port";
import type { ServerFolder } from "../../../servers/server/server-folder";
import type { GroupType } from "../../contract";
import { fits, keyOf, type ListedPlayer } from "../plan-list";
import { readListSettings } from "./list-files";
import type { ListOutcome, PlayerLists } from "./player-lists";
import { readLiveList } from "./read-live-list";

const commandMs = 5000;

const into: Readonly<Record<GroupType, (player: ListedPlayer) => string>> = {
  op: ({ name }) => `op ${name}`,
  whitelist: ({ name }) => `whitelist add ${name}`,
  ban: ({ name, reason }) => (reason === null ? `ban ${name}` : `ban ${name} ${reason}`),
};
const outOf: Readonly<Record<GroupType, string>> = { op: "deop", whitelist: "whitelist remove", ban: "pardon" };

/** As the game answers in English, whatever its language: language.json of 26.1, and what older ones said. */
const isIn =
  /^(?:Made .+ a server operator|Opped |Nothing changed\. The player already is an operator|Added .+ to the whitelist|Player is already whitelisted|Banned |Nothing changed\. The player is already banned)/;
const isOut =
  /^(?:Made .+ no longer a server operator|De-opped |Nothing changed\. The player is not an operator|Removed .+ from the whitelist|Player is not whitelisted|Unbanned |Nothing changed\. The player isn't banned)/;
const isUnknown = /^(?:That player does not exist|Could not (?:op|ban|add|whitelist) )/;

/**
 * The lists of a running server: changed by its commands, read from the files, which the game writes at each change. Commands give
 * operators the server's usual level only, and bans no end.
 */
export function listsByRcon(rcon: RconPort, folder: ServerFolder, clock: Clock): PlayerLists {
  const read = (type: GroupType) => readLiveList(folder, type, clock);
  const ask = async (command: string) =>
    (await rcon.command(command, { timeoutMs: commandMs })).replace(/§[0-9a-fk-orx]/gi, "").trim();
  const find = (list: readonly ListedPlayer[], { name, uuid }: Pick<ListedPlayer, "name" | "uuid">) =>
    list.find((there) => keyOf(there.name) === keyOf(name)) ??
    list.find((there) => uuid !== null && there.uuid === uuid);

  /** The game's word counts; where it is none that is known (plugins have their own), what is in the file does. */
  const judge = async (name: string, reply: string, isDone: () => Promise<boolean>): Promise<ListOutcome> => {
    if (await isDone()) return { name, result: "done" };
    if (isUnknown.test(reply))
      return { name, result: "failed", code: "PLAYER_UNKNOWN", message: `The game knows no player ${name}.` };
    return { name, result: "failed", code: "COMMAND_REFUSED", message: reply.slice(0, 200) };
  };

  return {
    way: "rcon",
    read,

    async put(type, players) {
      const { usualLevel } = await readListSettings(folder);
      const before = await read(type);
      const outcomes: ListOutcome[] = [];
      for (const player of players) {
        const { name } = player;
        const there = find(before, player);
        if (there && fits(there, player)) {
          outcomes.push({ name, result: "done" });
          continue;
        }
        if (player.level !== null && player.level !== usualLevel) {
          outcomes.push({ name, result: "waits", reason: "level_needs_stop" });
          continue;
        }
        if (there) await ask(`${outOf[type]} ${there.name}`);
        // As the list has the name: a server in offline mode takes every spelling for another player.
        const reply = await ask(into[type]({ ...player, name: there?.name ?? name }));
        outcomes.push(await judge(name, reply, async () => isIn.test(reply) || !!find(await read(type), player)));
      }
      return outcomes;
    },

    async remove(type, players) {
      const outcomes: ListOutcome[] = [];
      for (const player of players) {
        const reply = await ask(`${outOf[type]} ${player.name}`);
        const outcome = await judge(
          player.name,
          reply,
          async () => isOut.test(reply) || !find(await read(type), player),
        );
        outcomes.push(outcome);
      }
      return outcomes;
    },
  };
}
