import { z } from "zod";
import { can, router } from "@/server/trpc/procedures";
import {
  banInputSchema,
  historyInputSchema,
  kickInputSchema,
  messageInputSchema,
  onlineInputSchema,
  opInputSchema,
  playerInputSchema,
  totalsInputSchema,
} from "../contract";
import { banPlayer, deopPlayer, opPlayer, pardonPlayer, readLists, unlistPlayer, whitelistPlayer } from "./change-list";
import { kickPlayer } from "./kick-player";
import { listOnline, readHistory, readTotals } from "./read-players";
import { sendMessage } from "./send-message";

export const playersRouter = router({
  online: can("servers.view")
    .input(onlineInputSchema)
    .query(({ ctx, input }) => listOnline(ctx.verb, input)),
  history: can("servers.view")
    .input(historyInputSchema)
    .query(({ ctx, input }) => readHistory(ctx.verb, input)),
  totals: can("servers.view")
    .input(totalsInputSchema)
    .query(({ ctx, input }) => readTotals(ctx.verb, input)),
  lists: can("servers.view")
    .input(z.object({ serverId: z.uuid() }))
    .query(({ ctx, input }) => readLists(ctx.verb, input)),
  ban: can("servers.view")
    .input(banInputSchema)
    .mutation(({ ctx, input }) => banPlayer(ctx.verb, input)),
  pardon: can("servers.view")
    .input(playerInputSchema)
    .mutation(({ ctx, input }) => pardonPlayer(ctx.verb, input)),
  op: can("servers.view")
    .input(opInputSchema)
    .mutation(({ ctx, input }) => opPlayer(ctx.verb, input)),
  deop: can("servers.view")
    .input(playerInputSchema)
    .mutation(({ ctx, input }) => deopPlayer(ctx.verb, input)),
  whitelistAdd: can("servers.view")
    .input(playerInputSchema)
    .mutation(({ ctx, input }) => whitelistPlayer(ctx.verb, input)),
  whitelistRemove: can("servers.view")
    .input(playerInputSchema)
    .mutation(({ ctx, input }) => unlistPlayer(ctx.verb, input)),
  kick: can("servers.view")
    .input(kickInputSchema)
    .mutation(({ ctx, input }) => kickPlayer(ctx.verb, input)),
  message: can("servers.view")
    .input(messageInputSchema)
    .mutation(({ ctx, input }) => sendMessage(ctx.verb, input)),
});
