import type { z } from "zod";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { inParent } from "@/server/fs/contained/walk";
import type { FileEntry, newFolderInputSchema } from "../contract";
import { changeFiles } from "./change-files";
import { findEntry } from "./list-files";
import { makeFolder, makeFolders } from "./make-folders";
import { reachFiles } from "./reach-files";
import { folderOf } from "./to-entry";

/** Makes a folder, and those on the way to it. PATH_EXISTS when something of the name is there. */
export async function createFolder(
  ctx: Ctx,
  { serverId, path }: z.output<typeof newFolderInputSchema>,
): Promise<FileEntry> {
  const place = await reachFiles(ctx, serverId, "files.edit");
  const { record, root, uid } = place;
  const folder = folderOf(path);
  return changeFiles(
    ctx,
    { record, action: "files.createFolder", details: { path }, folders: [folder] },
    async (commit) => {
      await commit();
      await makeFolders(place, folder);
      await inParent(root, path, async (parent, name) => {
        if (!(await makeFolder(parent, name, uid)))
          throw new AppError("PATH_EXISTS", "Something of this name is there already.", { path });
      });
      return findEntry(root, path);
    },
  );
}
