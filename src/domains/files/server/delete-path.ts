import type { z } from "zod";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { inParent } from "@/server/fs/contained/walk";
import { keepVersion } from "../../snapshots/server/versions/keep-version";
import { type DeletedEntry, keptVersions, type pathInputSchema } from "../contract";
import { changeFiles } from "./change-files";
import { fitsHistory } from "./history/keep-previous";
import { requireNoJarInUse } from "./move-path";
import { type FilePlace, reachFiles } from "./reach-files";
import { folderOf, toEntry } from "./to-entry";
import { moveIntoTrash } from "./trash/move-into-trash";

/** Moves a file, folder or link into the trash. */
export async function deletePath(
  ctx: Ctx,
  { serverId, path }: z.output<typeof pathInputSchema>,
): Promise<DeletedEntry> {
  return deleteWithin(ctx, await reachFiles(ctx, serverId, "files.delete"), path);
}

export function deleteWithin(ctx: Ctx, place: FilePlace, path: string): Promise<DeletedEntry> {
  const { record, root } = place;
  const folder = folderOf(path);
  return changeFiles(ctx, { record, action: "files.delete", details: { path }, folders: [folder] }, (commit) =>
    inParent(root, path, async (parent, name) => {
      const stat = await parent.stat(name);
      if (!stat) throw new AppError("PATH_NOT_FOUND", "There is nothing at this path.", { path });
      requireNoJarInUse(ctx, record.id, [path]);
      if (fitsHistory(path, stat)) await keepVersion(ctx, { record, path, reason: "delete", kept: keptVersions });
      const entry = await toEntry(parent, path, stat);
      const trashId = await moveIntoTrash(ctx, { place, path, parent, name, stat, commit });
      return { ...entry, trashId };
    }),
  );
}
