import type { Stats } from "node:fs";
import type { Ctx } from "@/server/context";
import type { ContainedFolder } from "@/server/fs/contained/folder";
import { keepVersion } from "../../../snapshots/server/versions/keep-version";
import { keptVersions, type versionReasons } from "../../contract";
import type { FilePlace } from "../reach-files";
import { moveIntoTrash } from "../trash/move-into-trash";

export interface Previous {
  place: FilePlace;
  path: string;
  /** Of the file, which lies as `name` in the open folder. */
  stat: Stats;
  parent: ContainedFolder;
  name: string;
  reason: (typeof versionReasons)[number];
}

/** Larger files go to the trash instead: one rename, whatever their size. */
export const maxVersionBytes = 64 * 1024 * 1024;

/** The history is kept by paths in the database, which holds no names that are no UTF-8. */
export function fitsHistory(path: string, stat: Stats): boolean {
  return stat.isFile() && stat.size <= maxVersionBytes && path.isWellFormed();
}

/**
 * Keeps the content of a file that is about to be replaced or deleted, in its history or, when it is large, in the trash. Needs the server's
 * turn. Rejects when it could not be kept: then nothing may be replaced.
 */
export async function keepPrevious(ctx: Ctx, previous: Previous): Promise<void> {
  const { stat, place, path, parent, name } = previous;
  if (fitsHistory(path, stat))
    await keepVersion(ctx, { record: place.record, path, reason: previous.reason, kept: keptVersions });
  else await moveIntoTrash(ctx, { place, path, parent, name, stat, isCopy: true });
}
