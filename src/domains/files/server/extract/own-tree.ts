import { lchown, readdir } from "node:fs/promises";
import { join } from "node:path";

/** Gives a tree of ours, that nobody else reaches, to a user with all that is in it. */
export async function ownTree(path: string, uid: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await lchown(path, uid, uid);
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) await ownTree(child, uid, signal);
    else await lchown(child, uid, uid);
  }
}
