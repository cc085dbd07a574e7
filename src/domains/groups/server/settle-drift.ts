import type { z } from "zod";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../audit/server/record-audit";
import { reachServer } from "../../servers/server/policy";
import type { DriftItem, Group, settleDriftInputSchema } from "../contract";
import { storeApplied } from "./applied-repository";
import { markPending } from "./attachments-repository";
import { changeGroup, requireRoomFor, showGroup, tellChange, toNewPlayers } from "./change-group";
import { type AppliedPlayer, keyOf } from "./plan-list";
import { planServer } from "./planned-list";
import { reachGroup, requireServersOf } from "./policy";
import { driftOf } from "./read-drift";
import { listGroupPlayers, putGroupPlayers, removeGroupPlayers } from "./repository";

type Input = z.output<typeof settleDriftInputSchema>;
type How = "adopt" | "undo";

/**
 * Takes into the group what somebody did in the game, for all its servers; or undoes it on this one server. Whoever was put there by hand and
 * is adopted is the group's from then on; undone, they are taken off the list. Only what differs at this moment can be settled.
 */
export async function settleDrift(ctx: Ctx, how: How, input: Input): Promise<Group> {
  const { groupId, serverId } = input;
  const { type } = await reachGroup(ctx, groupId, "groups.update");
  const planned = await planServer(ctx, { serverId: (await reachServer(ctx, serverId, "groups.attach")).id, type });
  if (!planned.groups.some((group) => group.groupId === groupId))
    throw new AppError("GROUP_NOT_ATTACHED", "The group is not attached to this server.", { groupId, serverId });
  const names = new Set(input.names.map(keyOf));
  const items = driftOf(groupId, planned).filter(({ name }) => names.has(keyOf(name)));
  if (items.length < names.size)
    throw new AppError("GROUP_CHANGED", "The list has changed meanwhile: look again.", { groupId, serverId });

  const { group, serverIds } = await changeGroup(ctx, groupId, "groups.update", async ({ tx, actor, group }) => {
    await reachServer({ actor, db: tx }, serverId, "groups.attach");
    const rows = how === "adopt" ? adoptedRows(items) : undoneRows(items);
    const remove = how === "adopt" ? goneNames(items).map(keyOf) : [];
    await storeApplied(tx, { serverId, type, put: rows, remove, now: ctx.clock.now() });
    if (how === "adopt") {
      await requireServersOf({ actor, db: tx }, groupId);
      const put = rows.map(({ name, uuid, level, reason, expiresAt }) => ({ name, uuid, level, reason, expiresAt }));
      await putGroupPlayers(tx, groupId, toNewPlayers(ctx, type, put));
      await removeGroupPlayers(tx, groupId, goneNames(items));
      requireRoomFor((await listGroupPlayers(tx, groupId)).length);
    }
    await recordAudit(tx, actor, {
      action: how === "adopt" ? "groups.adopt" : "groups.undo",
      target: { kind: "group", id: groupId },
      details: { name: group.name, serverId, players: items.slice(0, 20).map(({ kind, name }) => `${name}: ${kind}`) },
    });
    return { group, serverIds: await markPending(tx, groupId, how === "adopt" ? undefined : serverId) };
  });
  tellChange(ctx, group, serverIds);
  return showGroup(ctx, groupId);
}

const goneNames = (items: readonly DriftItem[]) =>
  items.filter(({ kind }) => kind === "missing").map(({ name }) => name);

/** As they are in the game. */
function adoptedRows(items: readonly DriftItem[]): AppliedPlayer[] {
  return items.flatMap(({ name, uuid, actual }) => (actual ? [{ name, uuid, ...actual, state: "ours" as const }] : []));
}

/** What a group wants is meant anew; a player whom nobody wants is made the groups' own, to be taken away by the next look. */
function undoneRows(items: readonly DriftItem[]): AppliedPlayer[] {
  return items.flatMap(({ kind, name, uuid, wanted, actual }): AppliedPlayer[] => {
    if (kind === "extra") return actual ? [{ name, uuid, ...actual, state: "ours" }] : [];
    return wanted ? [{ name, uuid, ...wanted, state: "intended" }] : [];
  });
}
