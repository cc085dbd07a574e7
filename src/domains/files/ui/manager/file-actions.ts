import type { FileEntry } from "../../contract";
import type { FileRights } from "../use-file-rights";

export const fileActions = [
  "open",
  "download",
  "rename",
  "cut",
  "copy",
  "moveTo",
  "copyTo",
  "extract",
  "compress",
  "measure",
  "copyPath",
  "delete",
] as const;
export type FileAction = (typeof fileActions)[number];

const archive = /\.(?:zip|tar|tar\.gz|tgz|tar\.zst)$/i;

/** What can be done with these entries, in the order of a menu. Links are never followed and special files never opened. */
export function actionsFor(entries: readonly FileEntry[], rights: FileRights): FileAction[] {
  const [first, ...others] = entries;
  if (!first) return [];
  const isOne = others.length === 0;
  const isPlain = entries.every(({ kind }) => kind === "file" || kind === "folder");
  const can: Record<FileAction, boolean> = {
    open: isOne && isPlain,
    download: rights.download && isPlain,
    rename: rights.edit && isOne,
    cut: rights.edit,
    copy: rights.edit && isPlain,
    moveTo: rights.edit,
    copyTo: rights.edit && isPlain,
    extract: rights.edit && isOne && first.kind === "file" && archive.test(first.name),
    compress: rights.edit && isPlain,
    measure: entries.some(({ kind }) => kind === "folder"),
    copyPath: isOne,
    delete: rights.delete,
  };
  return fileActions.filter((action) => can[action]);
}
