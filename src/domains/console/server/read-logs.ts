import type { Ctx } from "@/server/context";
import { reachServer } from "../../servers/server/policy";
import type { LogLine } from "../contract";
import { readLogBack } from "./read-log-back";
import { toLogLines } from "./to-log-lines";

/** The newest lines, or those before a given one, oldest first. */
export async function readLogs(
  ctx: Ctx,
  input: { serverId: string; lines: number; before?: string },
): Promise<{ lines: LogLine[] }> {
  const record = await reachServer(ctx, input.serverId, "servers.view");
  const path = ctx.consoleLogPath(record.id);
  const raw = await readLogBack({ path, before: input.before, lines: input.lines });
  return { lines: [...toLogLines(raw, ctx.clock.now())] };
}
