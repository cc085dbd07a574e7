import type { z } from "zod";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
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
  });
  if (/^No player was found|cannot be found/i.test(reply))
    throw new AppError("PLAYER_NOT_ONLINE", `${name ?? "The player"} is not on the server.`, { name });
  return { reply };
}
