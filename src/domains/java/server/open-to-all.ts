import { chmod, chown, readdir } from "node:fs/promises";
import { join } from "node:path";

/**
 * Gives a freshly extracted tree to mcsd's own user and lets everybody read and run it: servers run under uids of their own. There is no link in
 * it, and nobody else can write there any more.
 */
export async function openToAll(folder: string): Promise<void> {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) await chown(folder, 0, 0);
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (isRoot) await chown(path, 0, 0);
  }
}
