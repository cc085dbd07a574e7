import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { explainVanished } from "@/server/fs/explain-vanished";
import { recordAudit } from "../../audit/server/record-audit";
import { allowedActions } from "../../servers/contract";
import type { ServerRecord } from "../../servers/server/repository";

interface Change {
  record: ServerRecord;
  /** For the audit log, with what it did to which path. */
  action: string;
  details: Record<string, unknown>;
  /** Folders whose lists are different afterwards. */
  folders: readonly string[];
}

/** Operations that exchange or take away the folder itself. */
const exclusive = new Set(["restore", "delete"]);

/**
 * One change of a server's files, while no other is made. The work checks everything first and calls `commit` right before its effect: the
 * audit log has it from then on, whatever happens.
 */
export function changeFiles<Result>(
  ctx: Ctx,
  { record, action, details, folders }: Change,
  work: (commit: (more?: Record<string, unknown>) => Promise<void>) => Promise<Result>,
): Promise<Result> {
  return changeInTurn(ctx, record.id, async () => {
    requireFolderAtRest(ctx, record.id);
    let isCommitted = false;
    try {
      return await work(async (more = {}) => {
        const target = { kind: "server", id: record.id };
        await recordAudit(ctx.db, ctx.actor, { action, target, details: { ...details, ...more } });
        isCommitted = true;
      });
    } finally {
      if (isCommitted) publishFiles(ctx, record.id, folders);
    }
  });
}

/** While no other change is made. What the game took away between a check and its effect is told as such. */
export async function changeInTurn<Result>(ctx: Ctx, serverId: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await ctx.files.inTurn(serverId, work);
  } catch (error) {
    throw explainVanished(error);
  }
}

/** Tells open pages that something is different in these folders. */
export function publishFiles(
  { events, supervisor }: Pick<Ctx, "events" | "supervisor">,
  serverId: string,
  folders: readonly string[],
): void {
  const ownerId = supervisor.find(serverId)?.record.ownerId;
  if (ownerId) events.publish({ ownerId, event: { kind: "files", serverId, folders: [...new Set(folders)] } });
}

/** Needs the turn. */
export function requireFolderAtRest({ supervisor }: Pick<Ctx, "supervisor">, serverId: string): void {
  const tracked = supervisor.find(serverId);
  if (!tracked) throw new AppError("SERVER_NOT_FOUND", "There is no such server.", { serverId });
  const { busy, record } = tracked;
  if (!busy || !exclusive.has(busy)) return;
  throw new AppError("SERVER_BUSY", `Another operation (${busy}) is under way on this server.`, {
    operation: busy,
    state: record.state,
    allowed: allowedActions[record.state],
  });
}
