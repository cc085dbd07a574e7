import { constants } from "node:fs";
import { chmod, chown, type FileHandle, lstat, open, readdir } from "node:fs/promises";
import { AppError } from "@/server/errors";

/** Names a file without opening its contents (open(2)); Node has no constant for it. */
const oPath = 0o10000000;
const maxDepth = 200;
const atOnce = 32;

export interface ChownReport {
  changed: number;
  /** Left alone on purpose: hard links, devices, other file systems, folders nested more than 200 deep. */
  skipped: number;
}

interface Walk extends ChownReport {
  uid: number;
  device: number;
}

/**
 * Gives a server's folder and all in it to `uid` (and the group of that number), and closes it to everybody else.
 * Safe against what a server may have planted: every name is looked up in an open folder and never followed, and the
 * owner of what was opened is changed, so nothing outside is touched even if names are swapped meanwhile. A file with
 * another name elsewhere (hard link) is left alone: it may be somebody else's. Costs one lstat a file when nothing is to do.
 */
export async function chownServerFolder(folder: string, uid: number): Promise<ChownReport> {
  const root = await openFolder(folder);
  if (root === null) throw new AppError("START_FAILED", "The server's folder is missing.");
  try {
    const { dev, mode, uid: owner, gid } = await root.stat();
    const walk: Walk = { uid, device: dev, changed: 0, skipped: 0 };
    if (owner !== uid || gid !== uid) {
      await root.chown(uid, uid);
      walk.changed++;
    }
    if ((mode & 0o077) !== 0) await chmod(`/proc/self/fd/${root.fd}`, 0o700);
    await chownEntries(root, walk, 0);
    return { changed: walk.changed, skipped: walk.skipped };
  } finally {
    await root.close();
  }
}

async function chownEntries(folder: FileHandle, walk: Walk, depth: number): Promise<void> {
  if (depth >= maxDepth) {
    walk.skipped++;
    return;
  }
  const base = `/proc/self/fd/${folder.fd}`;
  // Names as bytes: a server may have made some that are no UTF-8.
  const paths = (await readdir(base, { encoding: "buffer" })).map((name) =>
    Buffer.concat([Buffer.from(`${base}/`), name]),
  );
  const folders: Buffer[] = [];
  for (let at = 0; at < paths.length; at += atOnce) {
    await Promise.all(
      paths.slice(at, at + atOnce).map(async (path) => {
        const found = await lstat(path).catch(() => null);
        if (found === null) return;
        if (found.uid !== walk.uid || found.gid !== walk.uid) await chownEntry(path, walk);
        if (found.isDirectory()) folders.push(path);
      }),
    );
  }
  for (const path of folders) {
    const child = await openFolder(path);
    if (child === null) continue;
    try {
      if ((await child.stat()).dev === walk.device) await chownEntries(child, walk, depth + 1);
    } finally {
      await child.close();
    }
  }
}

/** Pins the file first and then decides about what was pinned, so that the answer is about the file that is changed. */
async function chownEntry(path: Buffer, walk: Walk): Promise<void> {
  const file = await open(path, oPath | constants.O_NOFOLLOW).catch(() => null);
  if (file === null) return;
  try {
    const found = await file.stat();
    const isShared = !found.isDirectory() && found.nlink > 1;
    if (isShared || found.isBlockDevice() || found.isCharacterDevice() || found.dev !== walk.device) {
      walk.skipped++;
      return;
    }
    await chown(`/proc/self/fd/${file.fd}`, walk.uid, walk.uid);
    walk.changed++;
  } finally {
    await file.close();
  }
}

function openFolder(path: string | Buffer): Promise<FileHandle | null> {
  return open(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW).catch(() => null);
}
