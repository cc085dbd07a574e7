import { constants } from "node:fs";
import { type FileHandle, lstat, open, readdir } from "node:fs/promises";

const maxDepth = 200;
const atOnce = 32;

export interface FolderSize {
  bytes: number;
  files: number;
  /** False when the walk ended at one of its bounds: there is more. */
  isComplete: boolean;
}

/**
 * The sizes of all regular files below a folder, added up. Safe against what a server may have planted: names are looked up in
 * open folders and never followed, other file systems are left alone. It ends early when more than `enough` bytes are found,
 * after `maxEntries` names, and at 200 folders inside each other. A folder that is not there is empty.
 */
export async function measureFolder(
  path: string,
  { enough, maxEntries = 500_000 }: { enough: number; maxEntries?: number },
): Promise<FolderSize> {
  const root = await openFolder(path);
  if (root === null) return { bytes: 0, files: 0, isComplete: true };
  const walk = { bytes: 0, files: 0, entries: 0, isComplete: true, enough, maxEntries };
  try {
    await addFolder(walk, root, (await root.stat()).dev, 0);
  } finally {
    await root.close();
  }
  return { bytes: walk.bytes, files: walk.files, isComplete: walk.isComplete };
}

interface Walk extends FolderSize {
  entries: number;
  enough: number;
  maxEntries: number;
}

async function addFolder(walk: Walk, folder: FileHandle, device: number, depth: number): Promise<void> {
  const base = `/proc/self/fd/${folder.fd}`;
  // Names as bytes: a server may have made some that are no UTF-8.
  const names = depth < maxDepth ? await readdir(base, { encoding: "buffer" }) : [];
  const paths = names.map((name) => Buffer.concat([Buffer.from(`${base}/`), name]));
  if (depth >= maxDepth) walk.isComplete = false;
  const folders: Buffer[] = [];
  for (let at = 0; at < paths.length; at += atOnce) {
    if (isOver(walk)) return;
    const batch = paths.slice(at, at + atOnce);
    walk.entries += batch.length;
    const found = await Promise.all(batch.map((path) => lstat(path).catch(() => null)));
    for (const [index, stat] of found.entries()) {
      if (stat?.isFile()) {
        walk.bytes += stat.size;
        walk.files++;
      }
      const child = batch[index];
      if (stat?.isDirectory() && stat.dev === device && child) folders.push(child);
    }
  }
  for (const child of folders) {
    if (isOver(walk)) return;
    const opened = await openFolder(child);
    if (opened === null) continue;
    try {
      if ((await opened.stat()).dev === device) await addFolder(walk, opened, device, depth + 1);
    } finally {
      await opened.close();
    }
  }
}

function isOver(walk: Walk): boolean {
  if (walk.bytes <= walk.enough && walk.entries < walk.maxEntries) return false;
  walk.isComplete = false;
  return true;
}

function openFolder(path: string | Buffer): Promise<FileHandle | null> {
  return open(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW).catch(() => null);
}
