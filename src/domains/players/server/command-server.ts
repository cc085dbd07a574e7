import type { Ctx } from "@/server/context";
import { AppError, isAppError } from "@/server/errors";
import { recordAudit } from "../../audit/server/record-audit";
import type { ManagementPort } from "../../console/server/management/management-port";
import { reachConsole } from "../../servers/server/policy";
import type { ServerRecord } from "../../servers/server/repository";
import { managementOf } from "../../servers/server/tracked-server";

const replyMs = 5000;
const colours = /§[0-9a-fk-orx]/gi;

interface Order {
  action: string;
  details: Record<string, unknown>;
  command: string;
  /** The same by the game's management service, where that can be used; answers in the game's own words. */
  manage(management: ManagementPort): Promise<string>;
}

/**
 * Has a running server carry out something about players, by whoever may use its console. Written down before it is sent. Answers the server's
 * words without colours. STATE_CONFLICT when the server does not run.
 */
export async function commandServer(
  ctx: Ctx,
  serverId: string,
  { action, details, command, manage }: Order,
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
  const management = managementOf(tracked);
  const said = management && (await manage(management).catch(unlessUnsent));
  if (said !== null) return { record, reply: said };
  const reply = (await ctx.supervisor.rcon(tracked).command(command, { timeoutMs: replyMs }))
    .replace(colours, "")
    .trim();
  if (/^(?:Unknown or incomplete command|Unknown command)/.test(reply))
    throw new AppError("COMMAND_INVALID", "The server does not know this command.", { reply: reply.slice(0, 300) });
  return { record, reply };
}

/** What was lost before anything was sent goes the other way; what may have been done is not done twice. */
function unlessUnsent(error: unknown): null {
  if (isAppError(error) && error.code === "MANAGEMENT_UNREACHABLE" && error.details.reason === "not_connected")
    return null;
  throw error;
}
