import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { inParent } from "@/server/fs/contained/walk";
import type { FileEntry } from "../contract";
import { changeFiles } from "./change-files";
import { makeFolders } from "./make-folders";
import { type FilePlace, reachFiles } from "./reach-files";
import { folderOf, readEntry } from "./to-entry";

interface Move {
  path: string;
  to: string;
}

/** Moves or renames a file, folder or link. PATH_EXISTS when something is there: nothing is ever replaced. */
export async function movePath(ctx: Ctx, { serverId, ...move }: Move & { serverId: string }): Promise<FileEntry> {
  return moveWithin(ctx, await reachFiles(ctx, serverId, "files.edit"), move);
}

export function moveWithin(ctx: Ctx, place: FilePlace, { path, to }: Move): Promise<FileEntry> {
  requireOutside(path, to);
  const { record, root } = place;
  const folders = [folderOf(path), folderOf(to)];
  return changeFiles(ctx, { record, action: "files.move", details: { path, to }, folders }, (commit) =>
    inParent(root, path, async (from, name) => {
      const stat = await from.stat(name);
      if (!stat) throw new AppError("PATH_NOT_FOUND", "There is nothing at this path.", { path });
      requireNoJarInUse(ctx, record.id, [path, to]);
      await makeFolders(place, folderOf(to));
      return inParent(root, to, async (target, newName) => {
        const there = await target.stat(newName);
        // Where upper and lower case are the same, the new name of a file is the file itself.
        if (there && !(there.ino === stat.ino && there.dev === stat.dev)) throw exists(to);
        await commit();
        await from.rename(name, target, newName);
        await target.sync();
        await from.sync();
        const entry = await readEntry(target, folderOf(to), newName);
        if (entry) return entry;
        throw new AppError("PATH_NOT_FOUND", "It was taken away right after it was moved.", { path: to });
      });
    }),
  );
}

/** The jar that a running server was started from stays where it is. */
export function requireNoJarInUse({ supervisor }: Pick<Ctx, "supervisor">, serverId: string, paths: readonly string[]) {
  if (!paths.includes("server.jar") || supervisor.find(serverId)?.record.state === "stopped") return;
  throw new AppError("FILE_IN_USE", "The running server uses its jar. Stop it first.", { path: "server.jar" });
}

/** A folder cannot go into itself. */
export function requireOutside(path: string, to: string): void {
  if (path === "" || to === "")
    throw new AppError("PATH_INVALID", "The server's own folder stays where it is.", { path });
  if (to === path) throw exists(to);
  if (to.startsWith(`${path}/`))
    throw new AppError("PATH_INVALID", "A folder cannot be put into itself.", { path, to });
}

export function exists(path: string): AppError {
  return new AppError("PATH_EXISTS", "Something of this name is there already.", { path });
}
