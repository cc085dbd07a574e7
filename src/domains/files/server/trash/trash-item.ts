import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { openContained } from "@/server/fs/contained/folder";
import type { DataPaths } from "@/server/fs/data-paths";
import { errorCode } from "@/server/fs/error-code";
import { type TrashItem, trashItemSchema } from "../../contract";

/**
 * One folder per deleted entry: `item.json` says what it was, `content` is it. Written first, then moved: without `content` nothing was
 * deleted. The disk is the only list there is.
 */
export const descriptionName = "item.json";
export const contentName = "content";

const storedSchema = trashItemSchema.omit({ trashId: true }).extend({ deletedAt: z.coerce.date() });
/** Nobody looks through more. */
const maxItems = 2000;

/** What lies in a server's trash, newest first. */
export async function listItems(paths: DataPaths, serverId: string): Promise<TrashItem[]> {
  const ids = (await namesIn(paths.fileTrash(serverId))).filter((name) => z.uuid().safeParse(name).success);
  const items = await Promise.all(ids.slice(0, maxItems).map((id) => findItem(paths, serverId, id)));
  return items.flatMap((item) => item ?? []).sort((a, b) => b.deletedAt.getTime() - a.deletedAt.getTime());
}

/** Null when it is not there, or was never moved in. */
export async function findItem(paths: DataPaths, serverId: string, trashId: string): Promise<TrashItem | null> {
  const folder = paths.fileTrashItem(serverId, trashId);
  const text = await readFile(join(folder, descriptionName), "utf8").catch(() => null);
  if (text === null) return null;
  const stored = storedSchema.safeParse(parseOrNull(text));
  if (!stored.success || !(await namesIn(folder)).includes(contentName)) return null;
  return { ...stored.data, trashId };
}

/** Nothing there is nothing listed. */
export async function namesIn(path: string): Promise<string[]> {
  return readdir(path).catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return [];
    throw error;
  });
}

export function openItem(paths: DataPaths, serverId: string, trashId: string) {
  return openContained(paths.fileTrashItem(serverId, trashId));
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
