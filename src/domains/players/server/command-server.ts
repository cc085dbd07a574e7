import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../audit/server/record-audit";
import { reachConsole } from "../../servers/server/policy";
import type { ServerRecord } from "../../servers/server/repository";

const replyMs = 5000;
const colours = /§[0-9a-fk-orx]/gi;

/**
 * Has a running server carry out a command about players, by whoever may use its console. Written down before it is sent. Answers the server's
 * words without colours. STATE_CONFLICT when the server does not run.
 */
export async function commandServer(
  ctx: Ctx,
  serverId: string,
  { action, details, command }: { action: string; details: Record<string, unknown>; command: string },
): Promise<{ record: ServerRecord; reply: string }> {
  const record = await reachConsole(ctx, serverId);
  const tracked = ctx.supervisor.find(record.id) ?? ctx.supervisor.put(record);
  const target = { kind: "server", id: record.id };
  const audit = (result: "ok" | "refused") => recordAudit(ctx.db, ctx.actor, { action, target, result, details });
  try {
    ctx.supervisor.requireAction(tracked, "rcon");
  } catch (error) {
    await audit("refused");
    throw error;
  }
  await audit("ok");
  const reply = (await ctx.supervisor.rcon(tracked).command(command, { timeoutMs: replyMs }))
    .replace(colours, "")
    .trim();
  if (/^(?:Unknown or incomplete command|Unknown command)/.test(reply))
    throw new AppError("COMMAND_INVALID", "The server does not know this command.", { reply: reply.slice(0, 300) });
  return { record, reply };
}
