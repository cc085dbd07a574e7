import { chmod, lstat, readFile, stat, symlink } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { z } from "zod";
import { errorCode } from "@/server/fs/error-code";
import type { PostgresBinaries } from "./postgres-binaries";

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Does what the package's install script would have done, because npm may block it: makes the symbolic links between the
 * libraries, and the programs executable. Free to run any number of times, by several processes at once. Resolves false
 * when something is missing that this user may not repair (packages installed by somebody else).
 */
export async function repairBinaries({ folder, initdb, postgres }: PostgresBinaries): Promise<boolean> {
  try {
    for (const program of [initdb, postgres]) await makeExecutable(program);
    for (const { source, target } of await readLinks(folder)) {
      // Both are written relative to the package ("native/lib/…"), whose "native" is our folder.
      await makeLink(basename(source), join(folder, relative("native", target)), dirname(source) === dirname(target));
    }
    return true;
  } catch (error) {
    if (["EACCES", "EPERM", "EROFS"].includes(errorCode(error) ?? "")) return false;
    throw error;
  }
}

async function readLinks(folder: string) {
  const text = await readFile(join(folder, "pg-symlinks.json"), "utf8").catch((error) => {
    if (errorCode(error) === "ENOENT") return "[]";
    throw error;
  });
  return linksSchema.parse(JSON.parse(text));
}

async function makeLink(to: string, path: string, isSibling: boolean): Promise<void> {
  if (!isSibling) throw new Error(`Unexpected link between folders in pg-symlinks.json: ${path}`);
  if (await lstat(path).then(Boolean, () => false)) return;
  await symlink(to, path).catch((error) => {
    if (errorCode(error) !== "EEXIST") throw error;
  });
}

async function makeExecutable(program: string): Promise<void> {
  const { mode } = await stat(program);
  if ((mode & 0o555) !== 0o555) await chmod(program, mode | 0o555);
}
