import { realpath, stat } from "node:fs/promises";
import { dirname } from "node:path";

/** The topmost folder on the way to `path` that a user without groups may not pass through, or null. */
export async function findUnreachableAncestor(path: string, uid: number): Promise<string | null> {
  const real = await realpath(path).catch(() => null);
  if (real === null) return null;
  const ancestors: string[] = [];
  for (let folder = dirname(real); ; folder = dirname(folder)) {
    ancestors.unshift(folder);
    if (folder === dirname(folder)) break;
  }
  for (const folder of ancestors) {
    const found = await stat(folder);
    const bit = found.uid === uid ? 0o100 : found.gid === uid ? 0o010 : 0o001;
    if ((found.mode & bit) === 0) return folder;
  }
  return null;
}
