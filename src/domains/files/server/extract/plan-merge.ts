import type { ContainedFolder } from "@/server/fs/contained/folder";
import { openContained } from "@/server/fs/contained/folder";
import { inParent, nullIfUnreachable, openFolderAt } from "@/server/fs/contained/walk";
import { exists } from "../move-path";
import { pathIn } from "../to-entry";

/** One step that brings something of a staged tree into the server's folder. */
export interface MergeItem {
  /** In the server's folder. */
  path: string;
  /** Below the staged tree. */
  staged: string;
  /** A file that is there takes it; else a file or a whole folder that is not there yet. */
  isReplacement: boolean;
}

/**
 * What has to be moved so that a staged tree lies in a folder of the server: folders that are on both sides are merged, files take the
 * place of files. Throws PATH_EXISTS where a file would meet a folder, or anything a link.
 */
export async function planMerge(staged: string, live: string, to: string): Promise<MergeItem[]> {
  const items: MergeItem[] = [];
  const tree = await openContained(staged);
  try {
    const target = await openFolderAt(live, to).catch(nullIfUnreachable);
    try {
      await planFolder(items, { tree, target, path: to, staged: "" });
    } finally {
      await target?.close();
    }
  } finally {
    await tree.close();
  }
  return items;
}

/** Whether the target folder can be there at all. PATH_BLOCKED or PATH_EXISTS else. */
export async function requireTarget(live: string, to: string): Promise<void> {
  if (to === "") return;
  const stat = await inParent(live, to, (parent, name) => parent.stat(name)).catch(nullIfUnreachable);
  if (stat && !stat.isDirectory()) throw exists(to);
}

interface Level {
  tree: ContainedFolder;
  /** Null: everything is new. */
  target: ContainedFolder | null;
  path: string;
  staged: string;
}

async function planFolder(items: MergeItem[], { tree, target, path, staged }: Level): Promise<void> {
  for (const name of (await tree.names()).sort()) {
    const at = { path: pathIn(path, name), staged: pathIn(staged, name) };
    const there = await target?.stat(name);
    if (!there || !target) {
      items.push({ ...at, isReplacement: false });
      continue;
    }
    const isFolder = (await tree.stat(name))?.isDirectory() === true;
    if (there.isFile() && !isFolder) {
      items.push({ ...at, isReplacement: true });
      continue;
    }
    if (!there.isDirectory() || !isFolder) throw exists(at.path);
    const [inner, innerTarget] = [await tree.folder(name), await target.folder(name)];
    try {
      await planFolder(items, { tree: inner, target: innerTarget, ...at });
    } finally {
      await inner.close();
      await innerTarget.close();
    }
  }
}
