import type { z } from "zod";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { managementMethods } from "../../console/server/management/management-methods";
import type { ManagementPort } from "../../console/server/management/management-port";
import type { messageInputSchema } from "../contract";
import { commandServer } from "./command-server";

/** Says something to one player, or to everybody on the server. It is text: nothing in it is a command or a colour. */
export async function sendMessage(ctx: Ctx, input: z.output<typeof messageInputSchema>): Promise<{ reply: string }> {
  const { serverId, name, text } = input;
  const component = JSON.stringify({ text });
  const { reply } = await commandServer(ctx, serverId, {
    action: "players.message",
    details: { name: name ?? null, text },
    command: name ? `tellraw ${name} ${component}` : `say ${text}`,
    manage: (management) => say(management, name ?? null, text),
  });
  if (/^No player was found|cannot be found/i.test(reply))
    throw new AppError("PLAYER_NOT_ONLINE", `${name ?? "The player"} is not on the server.`, { name });
  return { reply };
}

/** As a literal, in which the game looks for nothing. What everybody gets is marked as the game marks what is said at its console. */
async function say(management: ManagementPort, name: string | null, text: string): Promise<string> {
  const players = name === null ? [] : await management.call(managementMethods.players);
  const meant = players.filter((player) => player.name?.toLowerCase() === name?.toLowerCase());
  if (name !== null && meant.length === 0) return "No player was found";
  const literal = name === null ? `[Server] ${text}` : text;
  const receivers = name === null ? {} : { receivingPlayers: meant };
  const isSent = await management.call(managementMethods.say, [{ message: { literal }, overlay: false, ...receivers }]);
  if (!isSent) throw new AppError("COMMAND_REFUSED", "The game has not sent the message.", { said: "false" });
  return "";
}
