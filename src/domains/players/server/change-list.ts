import type { z } from "zod";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../audit/server/record-audit";
import { filePlace } from "../../files/server/reach-files";
import type { GroupType } from "../../groups/contract";
import type { ListOutcome } from "../../groups/server/lists/player-lists";
import { reachConsole, reachServer } from "../../servers/server/policy";
import { parseProperties } from "../../servers/server/properties-file";
import { openServerFolder } from "../../servers/server/server-folder";
import type { TrackedServer } from "../../servers/server/tracked-server";
import type { banInputSchema, opInputSchema, PlayerListEntry, PlayerLists, playerInputSchema } from "../contract";
import { headUrlOf } from "./head-url";

type Player = z.output<typeof playerInputSchema>;

export const banPlayer = (ctx: Ctx, { reason, expiresAt, ...player }: z.output<typeof banInputSchema>) =>
  change(ctx, player, {
    type: "ban",
    action: "players.ban",
    put: { level: null, reason: reason ?? null, expiresAt: expiresAt ?? null },
  });
export const pardonPlayer = (ctx: Ctx, player: Player) =>
  change(ctx, player, { type: "ban", action: "players.pardon" });
export const opPlayer = (ctx: Ctx, { level, ...player }: z.output<typeof opInputSchema>) =>
  change(ctx, player, {
    type: "op",
    action: "players.op",
    put: { level: level ?? null, reason: null, expiresAt: null },
  });
export const deopPlayer = (ctx: Ctx, player: Player) => change(ctx, player, { type: "op", action: "players.deop" });
export const whitelistPlayer = (ctx: Ctx, player: Player) =>
  change(ctx, player, {
    type: "whitelist",
    action: "players.whitelistAdd",
    put: { level: null, reason: null, expiresAt: null },
  });
export const unlistPlayer = (ctx: Ctx, player: Player) =>
  change(ctx, player, { type: "whitelist", action: "players.whitelistRemove" });

interface Change {
  type: GroupType;
  action: string;
  /** Left out: the player is taken out. */
  put?: { level: number | null; reason: string | null; expiresAt: Date | null };
}

/**
 * Changes one of a server's lists for one player: by the game itself while it runs, in its files while it is stopped. Whoever may use
 * the console may do so. Groups that want it otherwise show it as drift.
 */
async function change(ctx: Ctx, { serverId, name }: Player, { type, action, put }: Change): Promise<{ name: string }> {
  const record = await reachConsole(ctx, serverId);
  const tracked = ctx.supervisor.find(record.id) ?? ctx.supervisor.put(record);
  const target = { kind: "server", id: record.id };
  const details = {
    name,
    ...(put?.reason ? { reason: put.reason } : {}),
    ...(put?.expiresAt ? { end: put.expiresAt.toISOString() } : {}),
  };
  const audit = (result: "ok" | "refused") => recordAudit(ctx.db, ctx.actor, { action, target, result, details });
  try {
    requireWay(ctx, tracked, put?.expiresAt ?? null);
  } catch (error) {
    await audit("refused");
    throw error;
  }
  await audit("ok");
  if (put) await learnName(ctx, tracked, name);
  const [outcome] = await ctx.groups.sync.inTurn(record.id, async () => {
    const lists = requireWay(ctx, tracked, put?.expiresAt ?? null);
    const player = { name, uuid: null };
    return put ? lists.put(type, [{ ...player, ...put }]) : lists.remove(type, [player]);
  });
  if (outcome) requireDone(outcome);
  ctx.groups.sync.wake(record.id);
  ctx.events.publish({ ownerId: record.ownerId, event: { kind: "players", serverId: record.id } });
  return { name };
}

function requireWay(ctx: Ctx, tracked: TrackedServer, expiresAt: Date | null) {
  const { state } = tracked.record;
  const lists = ctx.groups.lists.open(tracked);
  if (!lists)
    throw new AppError(
      "STATE_CONFLICT",
      `The server is ${state}: its lists can be changed while it runs or is stopped.`,
      {
        state,
        action: "lists",
        allowed: ["running", "stopped"],
      },
    );
  // The game's command knows no end, its file does.
  if (expiresAt && lists.way === "rcon")
    throw new AppError(
      "BAN_END_NEEDS_STOP",
      "A ban with an end can be made while the server is stopped, or by a group.",
      { state },
    );
  return lists;
}

/** Files want a UUID: it is looked up and remembered. A name that nobody bears is refused here already. */
async function learnName(ctx: Ctx, tracked: TrackedServer, name: string): Promise<void> {
  const { root, uid } = filePlace(ctx, tracked.record);
  const text = (await openServerFolder(root, uid).read("server.properties")) ?? "";
  const isOffline = parseProperties(text).get("online-mode")?.trim().toLowerCase() === "false";
  const [found] = await ctx.playerNames.resolve([name], { isOffline });
  if (found?.kind === "unknown") throw new AppError("PLAYER_UNKNOWN", `Nobody bears the name ${name}.`, { name });
}

function requireDone(outcome: ListOutcome): void {
  if (outcome.result === "failed") throw new AppError(outcome.code, outcome.message, { name: outcome.name });
  if (outcome.result === "waits")
    throw new AppError("PLAYER_NOT_LISTED", `The list was not changed for ${outcome.name}: ${outcome.reason}.`, {
      name: outcome.name,
      reason: outcome.reason,
    });
}

/** Operators, whitelist and bans as the game has written them. */
export async function readLists(ctx: Ctx, { serverId }: { serverId: string }): Promise<PlayerLists> {
  const record = await reachServer(ctx, serverId, "servers.view");
  const tracked = ctx.supervisor.find(record.id) ?? ctx.supervisor.put(record);
  const files = ctx.groups.lists.openFiles(tracked);
  const read = async (type: GroupType): Promise<PlayerListEntry[]> =>
    (await files.read(type)).map((entry) => ({ ...entry, headUrl: headUrlOf(ctx.env, entry) }));
  const [ops, whitelist, bans] = await Promise.all([read("op"), read("whitelist"), read("ban")]);
  return { ops, whitelist, bans };
}
