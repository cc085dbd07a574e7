import { chmod, cp, mkdir, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { BootError } from "@/server/boot-error";
import type { DataPaths } from "@/server/fs/data-paths";
import { errorCode } from "@/server/fs/error-code";
import { findUnreachableAncestor } from "@/server/fs/find-unreachable-ancestor";
import type { Logger } from "@/server/logger";
import { binariesIn, type PostgresBinaries } from "./postgres-binaries";
import { repairBinaries } from "./repair-binaries";

/**
 * PostgreSQL programs that the database's user can run: those in node_modules where that user reaches them, otherwise
 * (a clone inside a private home, packages of another user) a copy in the data folder, made once per version.
 */
export async function usableBinaries(options: {
  installed: PostgresBinaries;
  paths: DataPaths;
  /** The user that will run them, null for the user that runs mcsd. */
  uid: number | null;
  log: Logger;
}): Promise<PostgresBinaries> {
  const { installed, uid, log } = options;
  const isReachable = uid === null || (await findUnreachableAncestor(join(installed.folder, "bin"), uid)) === null;
  if (isReachable && (await repairBinaries(installed))) return installed;

  const folder = options.paths.postgresBinaries(installed.version);
  const copy = () => binariesIn(folder, { version: installed.version });
  if (await exists(folder)) return copy();
  log.info({ folder }, "copying the database programs, because the database's user cannot use those in node_modules");
  await copyPrograms(installed.folder, folder);
  if (!(await repairBinaries(copy())))
    throw new BootError(`The database programs in ${folder} cannot be made ready: remove that folder and start again`);
  return copy();
}

/** Copies beside, then renames: a killed copy is never taken for a whole one. Older versions and remains go. */
async function copyPrograms(from: string, to: string): Promise<void> {
  for (const name of await readdir(dirname(to))) {
    if (name.startsWith("postgres-bin-")) await rm(join(dirname(to), name), { recursive: true, force: true });
  }
  const temporary = `${to}.copy`;
  await mkdir(temporary, { mode: 0o755 });
  // Headers, static libraries and pkg-config files are for building programs, not for running ours.
  const isNeeded = (path: string) =>
    !path.endsWith(".a") && basename(path) !== "include" && basename(path) !== "pkgconfig";
  await cp(from, temporary, { recursive: true, verbatimSymlinks: true, filter: isNeeded });
  await openToAll(temporary);
  await rename(temporary, to);
}

/** Under a strict umask npm's files, and so their copies, are for their owner alone. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, basename(folder) === "bin" ? 0o755 : 0o644);
  }
}

async function exists(path: string): Promise<boolean> {
  return readdir(path).then(
    () => true,
    (error) => {
      if (errorCode(error) === "ENOENT") return false;
      throw error;
    },
  );
}
