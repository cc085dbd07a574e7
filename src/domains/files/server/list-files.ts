import { setImmediate as nextTick } from "node:timers/promises";
import type { z } from "zod";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import type { ContainedFolder } from "@/server/fs/contained/folder";
import { inParent, openFolderAt } from "@/server/fs/contained/walk";
import type { FileEntry, listFilesInputSchema, pathInputSchema } from "../contract";
import { reachFiles } from "./reach-files";
import { readEntry } from "./to-entry";

const atOnce = 64;

/** What a folder holds, in the order of the names' characters: a full part of `limit` says that there may be more. */
export async function listFiles(ctx: Ctx, input: z.output<typeof listFilesInputSchema>): Promise<FileEntry[]> {
  const { root } = await reachFiles(ctx, input.serverId, "files.view");
  const folder = await openFolderAt(root, input.path);
  try {
    const { after } = input;
    const names = (await folder.names()).filter((name) => after === undefined || name > after);
    // Compared by code units: the same order in every part, whatever the language.
    names.sort((a, b) => (a < b ? -1 : 1));
    return await readEntries(folder, { path: input.path, names, limit: input.limit });
  } finally {
    await folder.close();
  }
}

/** One entry. PATH_NOT_FOUND when there is none. */
export async function statFile(ctx: Ctx, input: z.output<typeof pathInputSchema>): Promise<FileEntry> {
  const { root } = await reachFiles(ctx, input.serverId, "files.view");
  return findEntry(root, input.path);
}

export function findEntry(root: string, path: string): Promise<FileEntry> {
  return inParent(root, path, async (folder, name) => {
    const slash = path.lastIndexOf("/");
    const entry = await readEntry(folder, slash < 0 ? "" : path.slice(0, slash), name);
    if (entry) return entry;
    throw new AppError("PATH_NOT_FOUND", "There is nothing at this path.", { path });
  });
}

/** What vanishes meanwhile is left out, and the next ones are read instead: only the folder's end makes a part shorter than its limit. */
export async function readEntries(
  folder: ContainedFolder,
  { path, names, limit }: { path: string; names: readonly string[]; limit: number },
): Promise<FileEntry[]> {
  const entries: FileEntry[] = [];
  for (let [at, turn] = [0, 0]; at < names.length && entries.length < limit; turn++) {
    const part = names.slice(at, at + Math.min(atOnce, limit - entries.length));
    const found = await Promise.all(part.map((name) => readEntry(folder, path, name)));
    for (const entry of found) if (entry) entries.push(entry);
    at += part.length;
    if (turn % 16 === 0) await nextTick();
  }
  return entries;
}
