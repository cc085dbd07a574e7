import { stat } from "node:fs/promises";
import type { Ctx, Services } from "@/server/context";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../../audit/server/record-audit";
import { reachFiles } from "../reach-files";
import { removeItem } from "./restore-from-trash";
import { findItem, listItems, namesIn } from "./trash-item";

const keepMs = 7 * 86_400_000;

/** Removes one item of a server's trash, or all, for good. */
export async function emptyTrash(
  ctx: Ctx,
  { serverId, trashId }: { serverId: string; trashId?: string },
): Promise<{ removed: number }> {
  const { record } = await reachFiles(ctx, serverId, "files.delete");
  const { paths } = ctx.dataDir;
  return ctx.files.inTurn(record.id, async () => {
    const found = trashId ? [await findItem(paths, serverId, trashId)] : await listItems(paths, serverId);
    const items = found.flatMap((item) => item ?? []);
    if (trashId && items.length === 0)
      throw new AppError("TRASH_NOT_FOUND", "This is not in the trash any more.", { trashId });
    await recordAudit(ctx.db, ctx.actor, {
      action: "files.emptyTrash",
      target: { kind: "server", id: serverId },
      details: { count: items.length, paths: items.slice(0, 100).map(({ path }) => path) },
    });
    for (const item of items) await removeItem(ctx, serverId, item.trashId);
    return { removed: items.length };
  });
}

/** Removes what has lain in the trash of any server for 7 days, also of servers that are gone. */
export async function purgeFileTrash(services: Pick<Services, "dataDir" | "clock" | "files" | "log">): Promise<void> {
  const { paths } = services.dataDir;
  const before = services.clock.now().getTime() - keepMs;
  for (const serverId of await namesIn(paths.allFileTrash)) {
    await services.files
      .inTurn(serverId, async () => {
        for (const trashId of await namesIn(paths.fileTrash(serverId))) {
          const { mtimeMs } = await stat(paths.fileTrashItem(serverId, trashId));
          const item = await findItem(paths, serverId, trashId);
          if ((item?.deletedAt.getTime() ?? mtimeMs) < before) await removeItem(services, serverId, trashId);
        }
      })
      .catch((error: unknown) => services.log.error({ err: error, serverId }, "a server's trash was not cleared"));
  }
}
