import type { z } from "zod";
import { mapConcurrently } from "@/lib/map-concurrently";
import type { Ctx } from "@/server/context";
import { reachServer } from "../../servers/server/policy";
import type { previewInputSchema, ServerPreview } from "../contract";
import { toNewPlayers } from "./change-group";
import { orError, planServer, shownServers } from "./planned-list";
import { reachGroup } from "./policy";
import { listGroupPlayers } from "./repository";

const serversAtOnce = 4;

/** What would change on which server, without changing anything: attached to one more, with another priority or other players. */
export async function previewGroup(ctx: Ctx, input: z.output<typeof previewInputSchema>): Promise<ServerPreview[]> {
  const { groupId, serverId, priority } = input;
  const group = await reachGroup(ctx, groupId, "groups.update");
  const players = input.players
    ? toNewPlayers(ctx, group.type, input.players)
    : await listGroupPlayers(ctx.db, groupId);
  const servers = serverId ? [await nameServer(ctx, serverId)] : await shownServers(ctx, groupId);
  const asked = { name: group.name, ownerId: group.ownerId, type: group.type, groupId, players };
  return mapConcurrently(servers, serversAtOnce, async (server) => {
    const planned = planServer(ctx, { ...server, type: group.type }, (groups) => {
      const own = groups.find((known) => known.groupId === groupId);
      const { attachedAt, state, lastError } = own ?? {
        attachedAt: ctx.clock.now(),
        state: "pending",
        lastError: null,
      };
      const changed = { ...asked, attachedAt, state, lastError, priority: priority ?? own?.priority ?? 0 };
      return [...groups.filter((known) => known !== own), changed];
    });
    const { result, error } = await orError(planned);
    const { add = [], change = [], remove = [], note = [] } = result?.plan ?? {};
    return {
      ...server,
      add: add.map(({ name }) => name),
      change: change.map(({ name }) => name),
      remove: remove.map(({ player }) => player.name),
      byHand: note.filter(({ state }) => state === "byHand").map(({ name }) => name),
      error,
    };
  });
}

async function nameServer(ctx: Ctx, serverId: string) {
  const { name } = await reachServer(ctx, serverId, "groups.attach");
  return { serverId, serverName: name };
}
