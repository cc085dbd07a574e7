import { chmod, mkdir } from "node:fs/promises";
import { dirname, isAbsolute } from "node:path";
import { BootError } from "@/server/boot-error";
import { type DataPaths, dataPaths } from "./data-paths";
import { databaseUid } from "./database-uid";
import { errorCode } from "./error-code";
import { findUnreachableAncestor } from "./find-unreachable-ancestor";
import { lockDataDir } from "./lock-data-dir";

export interface DataDir {
  readonly root: string;
  readonly paths: DataPaths;
  /** Gives the lock back. Leaves every file where it is. */
  release(): Promise<void>;
}

/**
 * Makes the data folder ready: layout, modes, writable, and locked for this process alone until `release` or its end.
 * Rejects with a BootError that names the folder and the fix. As root the folder, `servers` and `java` let other users pass
 * through (0711), because servers and the database run under uids of their own; for an ordinary user all is 0700.
 *
 * @param root absolute path; made when missing
 */
export async function openDataDir(
  root: string,
  options: { isRoot?: boolean; flockProgram?: string } = {},
): Promise<DataDir> {
  if (!isAbsolute(root)) throw new BootError(`DATA_DIR must be an absolute path, but is ${JSON.stringify(root)}`);
  const isRoot = options.isRoot ?? process.getuid?.() === 0;
  const paths = dataPaths(root);
  const step = <T>(work: () => Promise<T>) => work().catch((error) => Promise.reject(explain(root, error)));

  await step(() => makeFolder(root, isRoot ? 0o711 : 0o700));
  if (isRoot) await refuseHiddenFolder(root);
  const lock = await step(() => lockDataDir({ root, lockFile: paths.lockFile, flockProgram: options.flockProgram }));
  try {
    await step(async () => {
      // What is in these is for servers, which have uids of their own.
      for (const folder of [paths.servers, paths.java]) await makeFolder(folder, isRoot ? 0o711 : 0o700);
      for (const folder of [paths.restores, paths.run, paths.snapshots, paths.temp, dirname(paths.jars), paths.trash])
        await makeFolder(folder, 0o700);
      for (const folder of [paths.snapshotObjects, paths.uploads, paths.extractions, paths.jars])
        await makeFolder(folder, 0o700);
    });
  } catch (error) {
    await lock.release();
    throw error;
  }
  return { root, paths, release: () => lock.release() };
}

/** A folder that is ours gets the mode; one that we may only use (a mounted volume, say) keeps its own. */
async function makeFolder(folder: string, mode: number): Promise<void> {
  await mkdir(folder, { recursive: true, mode });
  await chmod(folder, mode).catch((error) => {
    if (errorCode(error) !== "EPERM") throw error;
  });
}

/** As root, the database and the servers run as other users, who must get through every folder above. */
async function refuseHiddenFolder(root: string): Promise<void> {
  const hidden = await findUnreachableAncestor(root, databaseUid);
  if (hidden === null) return;
  throw new BootError(
    `The data folder ${root} lies inside ${hidden}, which other users cannot pass through, but as root mcsd runs the database ` +
      `and the servers as users of their own: run chmod o+x ${hidden}, or set DATA_DIR to another folder, such as /var/lib/mcsd`,
  );
}

function explain(root: string, error: unknown): unknown {
  const user =
    process.getuid === undefined ? "the user that runs mcsd" : `the user that runs mcsd (uid ${process.getuid()})`;
  switch (errorCode(error)) {
    case "EACCES":
    case "EPERM":
      return new BootError(
        `The data folder ${root} cannot be written: give it to ${user} (chown), or set DATA_DIR to another folder`,
        { cause: error },
      );
    case "EROFS":
      return new BootError(`The data folder ${root} is on a read-only file system: set DATA_DIR to a writable folder`, {
        cause: error,
      });
    case "ENOSPC":
    case "EDQUOT":
      return new BootError(`No space is left for the data folder ${root}: free some, or set DATA_DIR to another disk`, {
        cause: error,
      });
    case "ENOTDIR":
    case "EEXIST":
      return new BootError(
        `The data folder ${root} cannot be made because a file is in its way: move that file, or set DATA_DIR to another folder`,
        {
          cause: error,
        },
      );
    default:
      return error;
  }
}
