import { can, router } from "@/server/trpc/procedures";
import {
  historyInputSchema,
  kickInputSchema,
  messageInputSchema,
  onlineInputSchema,
  totalsInputSchema,
} from "../contract";
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
  kick: can("servers.view")
    .input(kickInputSchema)
    .mutation(({ ctx, input }) => kickPlayer(ctx.verb, input)),
  message: can("servers.view")
    .input(messageInputSchema)
    .mutation(({ ctx, input }) => sendMessage(ctx.verb, input)),
});
