import type { BigIntStats } from "node:fs";
import { closeSync, constants, fstatSync, openSync } from "node:fs";
import { pathForSystem } from "@/server/fs/path-bytes";
import type { FileStat } from "./worker-jobs";

const { O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants;
export const isLinux = process.platform === "linux";

/** A child of an open folder, bound to that folder and not to its name (Linux); elsewhere a plain path. */
export function childPath(fd: number, folder: string, name: string): string | Buffer {
  return pathForSystem(isLinux ? `/proc/self/fd/${fd}/${name}` : `${folder}/${name}`);
}

export function openFolder(path: string | Buffer, options: { mayBeLink: boolean }): number {
  return openSync(path, O_RDONLY | O_DIRECTORY | (options.mayBeLink ? 0 : O_NOFOLLOW));
}

/**
 * Opens a regular file below `root` one component at a time, following no link, so that a server cannot lead us out of
 * its folder. Null when it is gone or is no regular file any more. The caller closes the descriptor.
 */
export function openFileInside(root: string, path: string): number | null {
  const parts = path.split("/");
  const name = parts.pop() ?? "";
  const opened: number[] = [];
  try {
    let at = root;
    let fd = openFolder(root, { mayBeLink: true });
    opened.push(fd);
    for (const part of parts) {
      fd = openFolder(childPath(fd, at, part), { mayBeLink: false });
      opened.push(fd);
      at = `${at}/${part}`;
    }
    const file = openSync(childPath(fd, at, name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    if (fstatSync(file).isFile()) return file;
    closeSync(file);
    return null;
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  } finally {
    for (const fd of opened) closeSync(fd);
  }
}

/** Removed, or exchanged for something else, since it was seen. */
export function isGone(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === "ENOENT" || code === "ENOTDIR" || code === "ELOOP" || code === "ENXIO";
}

export function toFileStat(stat: BigIntStats): FileStat {
  const { mtimeNs, ctimeNs, ino, dev } = stat;
  const mode = Number(stat.mode & 0o7777n);
  return { size: Number(stat.size), mode, mtimeNs, ctimeNs, ino, dev, occupied: Number(stat.blocks) * 512 };
}

export function isSameStat(a: FileStat, b: FileStat): boolean {
  return a.size === b.size && a.mtimeNs === b.mtimeNs && a.ctimeNs === b.ctimeNs && a.ino === b.ino && a.dev === b.dev;
}
