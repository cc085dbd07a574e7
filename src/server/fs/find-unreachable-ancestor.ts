import { realpath, stat } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * The topmost folder on the way to `folder` (itself included) that a process of `uid` (and a group of the same number)
 * may not pass through, or null. Reads the permission bits only, not access lists.
 */
export async function findUnreachableAncestor(folder: string, uid: number): Promise<string | null> {
  const chain: string[] = [];
  for (let at = await realpath(folder); ; at = dirname(at)) {
    chain.unshift(at);
    if (at === dirname(at)) break;
  }
  for (const ancestor of chain) {
    const { mode, uid: owner, gid: group } = await stat(ancestor);
    const bit = owner === uid ? 0o100 : group === uid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return ancestor;
  }
  return null;
}
