import { lstat, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { explainDiskError } from "@/server/fs/explain-disk-error";
import { syncFolder } from "@/server/fs/sync-folder";

/**
 * Moves what was laid beside into a stopped server's folder, in the place of what has the same names. Not at once: whoever is cut off in
 * the middle puts the whole folder back.
 */
export async function placeProgram(staging: string, live: string): Promise<void> {
  try {
    for (const name of await readdir(staging)) {
      const target = join(live, name);
      const there = await lstat(target).catch(() => null);
      if (there?.isDirectory()) await rm(target, { recursive: true });
      await rename(join(staging, name), target);
    }
    await syncFolder(live);
  } catch (error) {
    throw explainDiskError(error);
  }
}
