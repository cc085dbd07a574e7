import { type ManagedPlayer, managementMethods } from "../../../console/server/management/management-methods";
import type { ManagementPort } from "../../../console/server/management/management-port";
import type { GroupType } from "../../contract";
import { fits, isSameMoment, keyOf, type ListedPlayer } from "../plan-list";
import type { ListOutcome, PlayerLists } from "./player-lists";

/** An entry as the game has it: with what is kept when it is changed. */
interface Entry extends ListedPlayer {
  player: ManagedPlayer;
  bypassesPlayerLimit?: boolean;
  source?: string;
}

interface List {
  read(): Promise<Entry[]>;
  /** Over what is there of the same player. Answers the whole list. */
  add(wish: ListedPlayer, there: Entry | null): Promise<Entry[]>;
  remove(player: ManagedPlayer): Promise<Entry[]>;
}

const nothing = { level: null, reason: null, expiresAt: null };

/**
 * The lists of a running game by its management service, which answers every change with the whole list as it is then: what stands there
 * counts, and no word of it. Levels of operators and ends of bans go through here, which the game's commands do not have.
 */
export function listsByManagement(management: ManagementPort): PlayerLists {
  const lists = openLists(management);

  const putOne = async (list: List, before: readonly Entry[], wish: ListedPlayer): Promise<ListOutcome> => {
    const { name } = wish;
    const there = find(before, wish);
    if (there && isAsWished(there, wish)) return { name, result: "done" };
    let after = await list.add(wish, there);
    const entry = find(after, wish);
    if (entry && !isAsWished(entry, wish)) {
      await list.remove(entry.player);
      after = await list.add(wish, there);
    }
    const left = find(after, wish);
    if (left && isAsWished(left, wish)) return { name, result: "done" };
    if (left)
      return { name, result: "failed", code: "COMMAND_REFUSED", message: "The game has left the entry as it was." };
    return { name, result: "failed", code: "PLAYER_UNKNOWN", message: `The game knows no player ${name}.` };
  };

  return {
    way: "management",
    read: async (type) => (await lists[type].read()).map(toListed),

    async put(type, players) {
      if (players.length === 0) return [];
      const before = await lists[type].read();
      const outcomes: ListOutcome[] = [];
      for (const player of players) outcomes.push(await putOne(lists[type], before, player));
      return outcomes;
    },

    async remove(type, players) {
      if (players.length === 0) return [];
      let entries = await lists[type].read();
      const outcomes: ListOutcome[] = [];
      for (const wish of players) {
        const { name } = wish;
        for (const player of namings(find(entries, wish)))
          if (find(entries, wish)) entries = await lists[type].remove(player);
        const message = "The game has left the player in the list.";
        const isLeft = find(entries, wish) !== null;
        outcomes.push({
          name,
          ...(isLeft ? { result: "failed", code: "COMMAND_REFUSED", message } : { result: "done" }),
        });
      }
      return outcomes;
    },
  };
}

function openLists(management: ManagementPort): Record<GroupType, List> {
  const { operators, allowlist, bans } = managementMethods;
  type Of<Method extends { result: { _output: unknown[] } }> = Method["result"]["_output"][number];
  const toOp = ({ player, permissionLevel, bypassesPlayerLimit }: Of<typeof operators.read>): Entry => ({
    ...{ ...playerOf(player), ...nothing, player, bypassesPlayerLimit },
    level: permissionLevel ?? null,
  });
  const toAllowed = (player: ManagedPlayer): Entry => ({ ...playerOf(player), ...nothing, player });
  const toBan = ({ player, reason, source, expires }: Of<typeof bans.read>): Entry => ({
    ...{ ...playerOf(player), ...nothing, player, source },
    reason: reason ?? null,
    expiresAt: toDate(expires),
  });
  return {
    op: {
      read: async () => (await management.call(operators.read)).map(toOp),
      add: async (wish, there) => {
        const level = wish.level ?? there?.level;
        const { player = { name: wish.name }, bypassesPlayerLimit } = there ?? {};
        const entry = { player: named(player, wish), ...defined({ permissionLevel: level, bypassesPlayerLimit }) };
        return (await management.call(operators.add, [[entry]])).map(toOp);
      },
      remove: async (player) => (await management.call(operators.remove, [[player]])).map(toOp),
    },
    whitelist: {
      read: async () => (await management.call(allowlist.read)).map(toAllowed),
      add: async (wish) => (await management.call(allowlist.add, [[{ name: wish.name }]])).map(toAllowed),
      remove: async (player) => (await management.call(allowlist.remove, [[player]])).map(toAllowed),
    },
    ban: {
      read: async () => (await management.call(bans.read)).map(toBan),
      add: async (wish, there) => {
        const reason = wish.reason ?? there?.reason;
        const expires = wish.expiresAt && `${wish.expiresAt.toISOString().slice(0, 19)}Z`;
        const player = named(there?.player ?? {}, wish);
        const entry = { player, source: there?.source ?? "mcsd", ...defined({ reason, expires }) };
        return (await management.call(bans.add, [[entry]])).map(toBan);
      },
      remove: async (player) => (await management.call(bans.remove, [[player]])).map(toBan),
    },
  };
}

/** By the name alone, as the game's own commands: it finds the UUID that it would give itself. */
function named({ name }: ManagedPlayer, wish: ListedPlayer): ManagedPlayer {
  return { name: name ?? wish.name };
}

/**
 * In what ways the game may be asked for somebody, the surer one first: it looks for a UUID alone where there is one, and asks Mojang for those
 * that it has not met. Names are made into UUIDs in offline mode (version 3), and may have got another bearer in online mode.
 */
function namings(there: Entry | null): ManagedPlayer[] {
  const { id, name } = there?.player ?? {};
  const byId = id === undefined ? [] : [{ id }];
  const byName = name === undefined ? [] : [{ name }];
  return id?.[14] === "3" ? [...byName, ...byId] : [...byId, ...byName];
}

function playerOf({ id, name }: ManagedPlayer): Pick<ListedPlayer, "name" | "uuid"> {
  return { name: name ?? id ?? "", uuid: id?.toLowerCase() ?? null };
}

function toListed({ name, uuid, level, reason, expiresAt }: Entry): ListedPlayer {
  return { name, uuid, level, reason, expiresAt };
}

function find(list: readonly Entry[], { name, uuid }: Pick<ListedPlayer, "name" | "uuid">): Entry | null {
  return (
    list.find((there) => keyOf(there.name) === keyOf(name)) ??
    list.find((there) => uuid !== null && there.uuid === uuid) ??
    null
  );
}

/** Here the game keeps the end of a ban itself. */
function isAsWished(there: Entry, wish: ListedPlayer): boolean {
  return fits(there, wish) && isSameMoment(there.expiresAt, wish.expiresAt);
}

function toDate(text: string | undefined): Date | null {
  const at = new Date(text ?? Number.NaN);
  return Number.isNaN(at.getTime()) ? null : at;
}

function defined(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));
}
