import type { z } from "zod";
import { requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../audit/server/record-audit";
import { refreshActor } from "../../auth/server/refresh-actor";
import type { copyGroupInputSchema, createGroupInputSchema, Group } from "../contract";
import { explainTakenName, requireRoomFor, showGroup, tellChange, toNewPlayers } from "./change-group";
import { reachGroup } from "./policy";
import { insertGroup, listGroupPlayers, type NewGroupPlayer, putGroupPlayers } from "./repository";

type Input = z.output<typeof createGroupInputSchema>;

export async function createGroup(ctx: Ctx, input: Input): Promise<Group> {
  requirePermission(ctx.actor, "groups.create");
  return insert(ctx, input, toNewPlayers(ctx, input.type, input.players ?? []), {});
}

/** A group of one's own with the players of a template, or of any other group within reach. It is no template itself. */
export async function copyGroup(ctx: Ctx, input: z.output<typeof copyGroupInputSchema>): Promise<Group> {
  requirePermission(ctx.actor, "groups.create");
  const from = await reachGroup(ctx, input.groupId, "groups.view");
  const players = await listGroupPlayers(ctx.db, from.id);
  const { type, description } = from;
  return insert(ctx, { name: input.name, type, description }, toNewPlayers(ctx, type, players), { from: from.id });
}

async function insert(
  ctx: Ctx,
  { name, type, description = "", isTemplate = false }: Input,
  players: readonly NewGroupPlayer[],
  details: Record<string, unknown>,
): Promise<Group> {
  if (ctx.actor.kind === "system")
    throw new AppError("PERMISSION_MISSING", "A group needs an owner.", { permission: "groups.create" });
  const ownerId = ctx.actor.userId;
  requireRoomFor(players.length);
  try {
    const group = await ctx.db.transaction(async (tx) => {
      const actor = await refreshActor(tx, ctx.actor);
      requirePermission(actor, "groups.create");
      const now = ctx.clock.now();
      const values = { ownerId, name, type, description, isTemplate, createdAt: now, updatedAt: now };
      const row = await insertGroup(tx, values);
      await putGroupPlayers(tx, row.id, players);
      await recordAudit(tx, actor, {
        action: "groups.create",
        target: { kind: "group", id: row.id },
        details: { name, type, players: players.length, ...details },
      });
      return row;
    });
    tellChange(ctx, group);
    return await showGroup(ctx, group.id);
  } catch (error) {
    throw explainTakenName(error, name);
  }
}
