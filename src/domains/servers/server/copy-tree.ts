import { constants } from "node:fs";
import { chmod, copyFile, lchown, mkdir, utimes } from "node:fs/promises";
import { AppError } from "@/server/errors";
import type { ContainedFolder } from "@/server/fs/contained/folder";
import { openFolderAt } from "@/server/fs/contained/walk";
import { pathForSystem } from "@/server/fs/path-bytes";

const maxDepth = 200;

export interface TreeCopy {
  /** The folder that nothing may lead out of, and the one below it that is copied. */
  top: string;
  path: string;
  /** Absolute; must not exist, its parent must. */
  target: string;
  /** Who is to own the copy; null: as it comes. */
  uid: number | null;
  /** Links and what is no ordinary file: left out, or refused with PATH_BLOCKED and their path. */
  others: "skip" | "refuse";
  signal: AbortSignal;
  onProgress(bytes: number): void;
}

/**
 * Copies a folder, without following anything, as fast as the file system can (shared blocks where it has them). Returns the files that were
 * written. What is copied is not changed; of modes only "may be run" is taken over.
 */
export async function copyTree(copy: TreeCopy): Promise<(string | Buffer)[]> {
  const folder = await openFolderAt(copy.top, copy.path);
  const written: (string | Buffer)[] = [];
  let bytes = 0;
  const onBytes = (more: number) => {
    bytes += more;
    copy.onProgress(bytes);
  };
  try {
    await copyFolder({ ...copy, written, onBytes }, { folder, path: "", target: copy.target, depth: 0 });
  } finally {
    await folder.close();
  }
  return written;
}

interface Work extends TreeCopy {
  written: (string | Buffer)[];
  onBytes(more: number): void;
}

async function copyFolder(
  work: Work,
  { folder, path, target, depth }: { folder: ContainedFolder; path: string; target: string; depth: number },
): Promise<void> {
  if (depth > maxDepth)
    throw new AppError("LIMIT_EXCEEDED", "The folders lie too deep inside each other to be copied.", { maxDepth });
  await mkdir(pathForSystem(target), { mode: depth === 0 ? 0o700 : 0o755 });
  for (const name of await folder.names()) {
    work.signal.throwIfAborted();
    const at = path === "" ? name : `${path}/${name}`;
    const stat = await folder.stat(name);
    if (stat?.isDirectory()) {
      const child = await folder.folder(name);
      try {
        await copyFolder(work, { folder: child, path: at, target: `${target}/${name}`, depth: depth + 1 });
      } finally {
        await child.close();
      }
    } else if (stat?.isFile()) await copyOne(work, folder, { name, at, target: `${target}/${name}` });
    else if (stat && work.others === "refuse")
      throw new AppError("PATH_BLOCKED", "A link, or something that is no ordinary file or folder, is in the way.", {
        path: at,
      });
  }
  if (work.uid !== null) await lchown(pathForSystem(target), work.uid, work.uid);
}

async function copyOne(
  work: Work,
  folder: ContainedFolder,
  { name, at, target }: { name: string; at: string; target: string },
): Promise<void> {
  const file = await folder.openFile(name).catch((error: unknown) => {
    if (error instanceof Error && "details" in error) Object.assign(error.details as object, { path: at });
    throw error;
  });
  const path = pathForSystem(target);
  try {
    const stat = await file.stat();
    // By the open file itself: its name may stand for something else by now.
    const source = process.platform === "linux" ? `/proc/self/fd/${file.fd}` : folder.pathOf(name);
    await copyFile(source, path, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    await chmod(path, (stat.mode & 0o111) === 0 ? 0o644 : 0o755);
    await utimes(path, stat.atime, stat.mtime);
    if (work.uid !== null) await lchown(path, work.uid, work.uid);
    work.written.push(path);
    work.onBytes(stat.size);
  } finally {
    await file.close();
  }
}
