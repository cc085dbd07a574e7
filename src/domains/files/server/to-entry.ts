import type { Stats } from "node:fs";
import { posix } from "node:path";
import type { ContainedFolder } from "@/server/fs/contained/folder";
import type { FileEntry } from "../contract";
import { isLivePath } from "../is-live-path";

/** What a name in an open folder is; null when it is gone. */
export async function readEntry(folder: ContainedFolder, folderPath: string, name: string): Promise<FileEntry | null> {
  const stat = await folder.stat(name);
  return stat && toEntry(folder, pathIn(folderPath, name), stat);
}

export async function toEntry(folder: ContainedFolder, path: string, stat: Stats): Promise<FileEntry> {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const kind = kindOf(stat);
  const size = kind === "file" ? stat.size : 0;
  const entry: FileEntry = { name, path, kind, size, modifiedAt: stat.mtime, mode: stat.mode & 0o7777 };
  if (kind === "file" && isLivePath(path)) entry.isLive = true;
  if (kind === "link") {
    const target = await folder.readLink(name).catch(() => null);
    if (target !== null) entry.link = { target, isInside: pointsInside(path, target) };
  }
  return entry;
}

export function kindOf(stat: Stats): FileEntry["kind"] {
  if (stat.isFile()) return "file";
  if (stat.isDirectory()) return "folder";
  return stat.isSymbolicLink() ? "link" : "special";
}

export function pathIn(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}

/** By its text alone: what a link leads to is never looked at. */
function pointsInside(path: string, target: string): boolean {
  if (target.startsWith("/")) return false;
  const found = posix.normalize(posix.join(folderOf(path), target));
  return found !== ".." && !found.startsWith("../");
}
