import { tracked } from "@trpc/server";
import { can, router } from "@/server/trpc/procedures";
import { guardStream } from "@/server/trpc/stream-guard";
import { commandInputSchema, logsInputSchema, streamInputSchema } from "../contract";
import { readLogs } from "./read-logs";
import { runCommand } from "./run-command";
import { streamConsole } from "./stream-console";

export const consoleRouter = router({
  logs: can("servers.view")
    .input(logsInputSchema)
    .query(({ ctx, input }) => readLogs(ctx.verb, input)),
  command: can("servers.view")
    .input(commandInputSchema)
    .mutation(({ ctx, input }) => runCommand(ctx.verb, input)),
  /** The last 100 lines (or all since `lastEventId`), then every line as it is written. */
  stream: can("servers.view")
    .input(streamInputSchema)
    .subscription(async function* ({ ctx, input }) {
      const { signal, release } = guardStream(ctx);
      try {
        for await (const { id, event } of streamConsole(ctx.verb, input, signal)) yield tracked(id, event);
      } finally {
        release();
      }
    }),
});
