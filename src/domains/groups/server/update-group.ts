import type { z } from "zod";
import type { Ctx } from "@/server/context";
import { recordAudit } from "../../audit/server/record-audit";
import type { Group, updateGroupInputSchema } from "../contract";
import { markPending } from "./attachments-repository";
import {
  changeGroup,
  explainTakenName,
  type GroupChange,
  requireRoomFor,
  showGroup,
  tellChange,
  toNewPlayers,
} from "./change-group";
import { requireServersOf } from "./policy";
import { listGroupPlayers, putGroupPlayers, removeGroupPlayers, updateGroupRow } from "./repository";

type Input = z.output<typeof updateGroupInputSchema>;

/** Changes a group; what changes of its players is written down as still to be done on each of its servers, in the same transaction. */
export async function updateGroup(ctx: Ctx, input: Input): Promise<Group> {
  const { groupId, players, addPlayers, removePlayers, ...changes } = input;
  const isAboutPlayers = Boolean(players ?? addPlayers ?? removePlayers);
  try {
    const { group, serverIds } = await changeGroup(ctx, groupId, "groups.update", async (held) => {
      const { tx, actor, group } = held;
      const counts = isAboutPlayers ? await changePlayers(ctx, held, input) : {};
      await updateGroupRow(tx, groupId, { ...changes, updatedAt: ctx.clock.now() });
      const serverIds = isAboutPlayers ? await markPending(tx, groupId) : [];
      await recordAudit(tx, actor, {
        action: "groups.update",
        target: { kind: "group", id: groupId },
        details: { name: group.name, ...changes, ...counts, servers: serverIds.length },
      });
      return { group, serverIds };
    });
    tellChange(ctx, group, serverIds);
  } catch (error) {
    throw explainTakenName(error, input.name ?? "");
  }
  return showGroup(ctx, groupId);
}

const namesShown = 20;

async function changePlayers(ctx: Ctx, { tx, actor, group }: GroupChange, input: Input) {
  await requireServersOf({ actor, db: tx }, group.id);
  const before = new Set((await listGroupPlayers(tx, group.id)).map(({ name }) => name.toLowerCase()));
  const put = toNewPlayers(ctx, group.type, [...(input.players ?? []), ...(input.addPlayers ?? [])]);
  const unique = [...new Map(put.map((player) => [player.name.toLowerCase(), player])).values()];
  const kept = new Set(unique.map(({ name }) => name.toLowerCase()));
  const gone = input.players ? [...before].filter((key) => !kept.has(key)) : [];
  const removed = [...new Set([...gone, ...(input.removePlayers ?? []).map((name) => name.toLowerCase())])];
  await putGroupPlayers(tx, group.id, unique);
  await removeGroupPlayers(tx, group.id, removed);
  requireRoomFor((await listGroupPlayers(tx, group.id)).length);
  const added = unique.filter(({ name }) => !before.has(name.toLowerCase())).map(({ name }) => name);
  return {
    added: added.slice(0, namesShown),
    addedCount: added.length,
    removed: removed.filter((key) => before.has(key)).slice(0, namesShown),
    changed: unique.length - added.length,
  };
}
