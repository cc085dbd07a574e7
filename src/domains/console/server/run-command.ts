import type { Ctx } from "@/server/context";
import { AppError, isAppError } from "@/server/errors";
import { recordAudit } from "../../audit/server/record-audit";
import { reachConsole } from "../../servers/server/policy";
import { maskCommand } from "./mask-command";

export interface CommandReply {
  /** What the server answered; null when it went in by the console and its answer is in the log. */
  reply: string | null;
  via: "rcon" | "console";
}

const replyMs = 5000;

/** Runs one console command on a running server, by RCON, else by its console input. Every attempt is audited. */
export async function runCommand(ctx: Ctx, input: { serverId: string; command: string }): Promise<CommandReply> {
  const record = await reachConsole(ctx, input.serverId);
  const tracked = ctx.supervisor.find(record.id) ?? ctx.supervisor.put(record);
  const audit = (result: "ok" | "refused" | "failed", details: Record<string, unknown> = {}) =>
    recordAudit(ctx.db, ctx.actor, {
      action: "console.command",
      target: { kind: "server", id: record.id },
      result,
      details: { command: maskCommand(input.command).slice(0, 300), ...details },
    });
  try {
    ctx.supervisor.requireAction(tracked, "rcon");
  } catch (error) {
    await audit("refused");
    throw error;
  }
  await audit("ok");
  try {
    return { reply: await ctx.supervisor.rcon(tracked).command(input.command, { timeoutMs: replyMs }), via: "rcon" };
  } catch (error) {
    if (!isAppError(error) || (error.code !== "RCON_UNREACHABLE" && error.code !== "RCON_AUTH_FAILED")) throw error;
  }
  if (!tracked.handle) throw new AppError("NOT_RUNNING", "The server is not running any more.");
  await tracked.handle.write(input.command);
  return { reply: null, via: "console" };
}
