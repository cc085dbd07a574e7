import { closeSync, fstatSync, lstatSync, readdirSync, readlinkSync } from "node:fs";
import { pathFromBytes } from "@/server/fs/path-bytes";
import { compileExcludes } from "../exclude-rules";
import { childPath, isGone, isLinux, openFolder, toFileStat } from "./open-inside";
import type { JobContext, WalkedTree, WalkRequest } from "./worker-jobs";

/** Entries that vanish while it walks are left out: a snapshot shows what was there, not what was listed. */
export function walkFolder(ask: WalkRequest, context: JobContext): WalkedTree {
  const isExcluded = compileExcludes(ask.excludes);
  const isWanted = onlyBelow(ask.only);
  const tree: WalkedTree = { root: { mode: 0, mtimeNs: 0n }, files: [], folders: [], links: [], special: [] };
  const visit = (fd: number, folder: string, prefix: string) => {
    context.checkCancelled();
    const names = readdirSync(isLinux ? `/proc/self/fd/${fd}` : folder, { encoding: "buffer" });
    names.sort(Buffer.compare);
    for (const name of names.map(pathFromBytes)) {
      const path = prefix + name;
      if (!isWanted(path)) continue;
      const place = childPath(fd, folder, name);
      try {
        const stat = lstatSync(place, { bigint: true });
        if (isExcluded(path, stat.isDirectory())) continue;
        const { mtimeNs } = stat;
        const mode = Number(stat.mode & 0o7777n);
        if (stat.isFile()) tree.files.push({ path, ...toFileStat(stat) });
        else if (stat.isSymbolicLink())
          tree.links.push({ path, mode, mtimeNs, target: pathFromBytes(readlinkSync(place, { encoding: "buffer" })) });
        else if (stat.isDirectory()) {
          const child = openFolder(place, { mayBeLink: false });
          tree.folders.push({ path, mode, mtimeNs });
          try {
            visit(child, `${folder}/${name}`, `${path}/`);
          } finally {
            closeSync(child);
          }
        } else tree.special.push(path);
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    }
  };
  const root = openFolder(ask.folder, { mayBeLink: true });
  try {
    const { mode, mtimeNs } = fstatSync(root, { bigint: true });
    tree.root = { mode: Number(mode & 0o7777n), mtimeNs };
    visit(root, ask.folder, "");
  } finally {
    closeSync(root);
  }
  return tree;
}

/** True for the chosen paths, what is below them, and the folders on the way to them. */
function onlyBelow(only: readonly string[] | undefined): (path: string) => boolean {
  if (only === undefined) return () => true;
  return (path) =>
    only.some((chosen) => chosen === path || path.startsWith(`${chosen}/`) || chosen.startsWith(`${path}/`));
}
