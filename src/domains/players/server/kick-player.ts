import type { z } from "zod";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { managementMethods } from "../../console/server/management/management-methods";
import type { kickInputSchema } from "../contract";
import { commandServer } from "./command-server";

/** Ends somebody's stay. PLAYER_NOT_ONLINE when they are not there. */
export async function kickPlayer(ctx: Ctx, input: z.output<typeof kickInputSchema>): Promise<{ reply: string }> {
  const { serverId, name, reason } = input;
  const { reply } = await commandServer(ctx, serverId, {
    action: "players.kick",
    details: { name, ...(reason ? { reason } : {}) },
    command: reason ? `kick ${name} ${reason}` : `kick ${name}`,
    async manage(management) {
      const message = reason ? { message: { literal: reason } } : {};
      const kicked = await management.call(managementMethods.kick, [[{ player: { name }, ...message }]]);
      return kicked.length > 0 ? `Kicked ${name}${reason ? `: ${reason}` : ""}` : "No player was found";
    },
  });
  if (/^No player was found|^That player cannot be found|^Player not found/i.test(reply))
    throw new AppError("PLAYER_NOT_ONLINE", `${name} is not on the server.`, { name });
  return { reply };
}
