import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { openContained } from "@/server/fs/contained/folder";
import { removeTree } from "@/server/fs/contained/remove-tree";
import { inParent } from "@/server/fs/contained/walk";
import type { FileEntry } from "../../contract";
import { changeFiles } from "../change-files";
import { makeFolders } from "../make-folders";
import { exists, requireNoJarInUse } from "../move-path";
import { reachFiles } from "../reach-files";
import { folderOf, readEntry } from "../to-entry";
import { contentName, findItem, openItem } from "./trash-item";

/** Brings back what was deleted. PATH_EXISTS when its place is taken: `to` names another. */
export async function restoreFromTrash(
  ctx: Ctx,
  { serverId, trashId, to }: { serverId: string; trashId: string; to?: string },
): Promise<FileEntry> {
  const place = await reachFiles(ctx, serverId, "files.edit");
  const { paths } = ctx.dataDir;
  const item = await findItem(paths, serverId, trashId);
  if (!item) throw gone(trashId);
  const path = to ?? item.path;
  const change = {
    record: place.record,
    action: "files.restoreTrash",
    details: { path, trashId },
    folders: [folderOf(path)],
  };
  return changeFiles(ctx, change, async (commit) => {
    if (!(await findItem(paths, serverId, trashId))) throw gone(trashId);
    requireNoJarInUse(ctx, serverId, [path]);
    await makeFolders(place, folderOf(path));
    const entry = await inParent(place.root, path, async (parent, name) => {
      if (await parent.stat(name)) throw exists(path);
      await commit();
      const source = await openItem(paths, serverId, trashId);
      try {
        await source.rename(contentName, parent, name);
        await parent.sync();
        await source.sync();
      } finally {
        await source.close();
      }
      return readEntry(parent, folderOf(path), name);
    });
    await removeItem(ctx, serverId, trashId);
    if (entry) return entry;
    throw new AppError("PATH_NOT_FOUND", "It was taken away right after it was put there.", { path });
  });
}

/** Removes an item with all that is in it. */
export async function removeItem({ dataDir }: Pick<Ctx, "dataDir">, serverId: string, trashId: string): Promise<void> {
  const trash = await openContained(dataDir.paths.fileTrash(serverId));
  try {
    await removeTree(trash, trashId);
  } finally {
    await trash.close();
  }
}

function gone(trashId: string): AppError {
  return new AppError("TRASH_NOT_FOUND", "This is not in the trash any more.", { trashId });
}
