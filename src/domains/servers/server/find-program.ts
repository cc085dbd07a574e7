import { buildSortKey } from "@/lib/build-sort-key";
import type { ContainedFolder } from "@/server/fs/contained/folder";
import { nullIfUnreachable, openFolderAt } from "@/server/fs/contained/walk";
import type { ServerProgram } from "./table";

/** Where installers for 1.17 and later put the file that says how the server is run. */
const argumentFolders = [
  "libraries/net/neoforged/neoforge",
  "libraries/net/neoforged/forge",
  "libraries/net/minecraftforge/forge",
];
/** It becomes an argument, and in a container one of several words. */
const plainName = /^[A-Za-z0-9][\w.+-]{0,150}$/;

/**
 * What an installer has put together, found by looking and not by what it says: a file of arguments (1.17 and later), or the jar that older
 * ones leave. Null when there is neither.
 */
export async function findProgram(folder: string, argumentFile = ownArgumentFile()): Promise<ServerProgram | null> {
  for (const place of argumentFolders) {
    const found = await within(folder, place, (parent) => newestWith(parent, argumentFile));
    if (found) return { kind: "args", files: [`${place}/${found}/${argumentFile}`] };
  }
  const jar = await within(folder, "", findJar);
  return jar === null ? null : { kind: "jar", file: jar };
}

function ownArgumentFile(): string {
  return process.platform === "win32" ? "win_args.txt" : "unix_args.txt";
}

async function newestWith(parent: ContainedFolder, file: string): Promise<string | null> {
  const versions = (await parent.names()).filter((name) => plainName.test(name));
  // Forge's folders begin with the game's version, which is the same for all here.
  for (const version of versions.sort((a, b) => (orderOf(a) < orderOf(b) ? 1 : -1))) {
    const folder = await parent.folder(version).catch(nullIfUnreachable);
    if (!folder) continue;
    try {
      if ((await folder.stat(file))?.isFile()) return version;
    } finally {
      await folder.close();
    }
  }
  return null;
}

async function findJar(folder: ContainedFolder): Promise<string | null> {
  const names = (await folder.names()).filter(
    (name) => plainName.test(name) && /^forge-.+(?<!-shim|-installer)\.jar$/.test(name),
  );
  for (const name of names.sort()) if ((await folder.stat(name))?.isFile()) return name;
  return null;
}

async function within<T>(root: string, path: string, work: (folder: ContainedFolder) => Promise<T>): Promise<T | null> {
  const folder = await openFolderAt(root, path).catch(nullIfUnreachable);
  if (!folder) return null;
  try {
    return await work(folder);
  } finally {
    await folder.close();
  }
}

function orderOf(version: string): string {
  return buildSortKey(version.split("-").at(-1) ?? version);
}
