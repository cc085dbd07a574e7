import type { Dirent, Stats } from "node:fs";
import { constants } from "node:fs";
import { type FileHandle, lstat, mkdir, open, readdir, readlink, rename, rmdir, unlink } from "node:fs/promises";
import { AppError } from "@/server/errors";
import { errorCode } from "../error-code";
import { pathForSystem, pathFromBytes } from "../path-bytes";

const { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY } = constants;
const isLinux = process.platform === "linux";

/**
 * An open folder inside a server's folder. Every name is looked up in the open folder itself, never by a path from above, so
 * that nothing a server exchanges in the meantime can lead elsewhere; the last component is never followed when it is a link.
 * Names are strings as `path-bytes.ts` has them. The caller closes it.
 */
export interface ContainedFolder {
  /** What the handle stands for. */
  readonly handle: FileHandle;
  /** The folder itself as a path for those who take one: bound to it as long as it is open. */
  readonly place: string;
  /** All names, in no order. */
  names(): Promise<string[]>;
  /** All names with what they are, as far as the file system says so without a look at each; null when it does not. */
  kinds(): Promise<{ name: string; kind: "file" | "folder" | "other" | null }[]>;
  /** Of the entry itself, not of what a link points to; null when there is none. */
  stat(name: string): Promise<Stats | null>;
  /** Throws PATH_NOT_FOUND, or PATH_BLOCKED for a link or what is no folder. */
  folder(name: string): Promise<ContainedFolder>;
  /**
   * A regular file, for reading. Throws PATH_NOT_FOUND or PATH_BLOCKED: links, FIFOs, devices and sockets are never opened, nor a hard
   * link to a file of another user's than the folder's.
   */
  openFile(name: string): Promise<FileHandle>;
  /** A new file, for writing; EEXIST when the name is taken. */
  createFile(name: string, mode?: number): Promise<FileHandle>;
  createFolder(name: string, mode?: number): Promise<void>;
  /** Replaces what has the new name, as rename(2) does. */
  rename(name: string, to: ContainedFolder, newName: string): Promise<void>;
  readLink(name: string): Promise<string>;
  removeFile(name: string): Promise<void>;
  removeFolder(name: string): Promise<void>;
  /** For system calls of libraries that take a path: bound to the open folder as long as it is open. */
  pathOf(name: string): string | Buffer;
  /** Flushes the names. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a folder of ours. */
export async function openContained(root: string): Promise<ContainedFolder> {
  return contain(await open(root, O_RDONLY | O_DIRECTORY), root);
}

function contain(handle: FileHandle, place: string): ContainedFolder {
  const base = isLinux ? `/proc/self/fd/${handle.fd}` : place;
  const pathOf = (name: string) => pathForSystem(`${base}/${checked(name)}`);
  return {
    handle,
    place: `${base}/.`,
    pathOf,
    names: async () => (await readdir(`${base}/.`, { encoding: "buffer" })).map(pathFromBytes),
    kinds: async () =>
      (await readdir(`${base}/.`, { encoding: "buffer", withFileTypes: true })).map((entry) => ({
        name: pathFromBytes(entry.name),
        kind: kindOf(entry),
      })),
    stat: (name) =>
      lstat(pathOf(name)).catch((error: unknown) => {
        if (errorCode(error) === "ENOENT") return null;
        throw error;
      }),
    folder: async (name) => {
      const found = await open(pathOf(name), O_RDONLY | O_DIRECTORY | O_NOFOLLOW).catch(refuse(name));
      return contain(found, `${place}/${name}`);
    },
    openFile: async (name) => {
      const file = await open(pathOf(name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch(refuse(name));
      const stat = await file.stat();
      // A second name of a file of somebody else's: whoever made it may have had no right to read that.
      if (stat.isFile() && (stat.nlink === 1 || stat.uid === (await handle.stat()).uid)) return file;
      await file.close();
      throw blocked(name);
    },
    createFile: (name, mode = 0o600) => open(pathOf(name), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode),
    createFolder: (name, mode = 0o700) => mkdir(pathOf(name), { mode }).then(() => {}),
    rename: (name, to, newName) => rename(pathOf(name), to.pathOf(newName)),
    readLink: async (name) => pathFromBytes(await readlink(pathOf(name), { encoding: "buffer" })),
    removeFile: (name) => unlink(pathOf(name)),
    removeFolder: (name) => rmdir(pathOf(name)),
    sync: () => handle.sync(),
    close: () => handle.close(),
  };
}

function kindOf(entry: Dirent<Buffer>): "file" | "folder" | "other" | null {
  if (entry.isFile()) return "file";
  if (entry.isDirectory()) return "folder";
  const isKnown =
    entry.isSymbolicLink() || entry.isFIFO() || entry.isSocket() || entry.isCharacterDevice() || entry.isBlockDevice();
  return isKnown ? "other" : null;
}

function checked(name: string): string {
  if (name === "" || name === "." || name === ".." || /[/\0]/.test(name))
    throw new AppError("PATH_INVALID", "A name may not be empty, a dot entry, or contain a slash or NUL.", { name });
  return name;
}

function refuse(name: string) {
  return (error: unknown): never => {
    const code = errorCode(error);
    if (code === "ENOENT") throw new AppError("PATH_NOT_FOUND", "There is nothing at this path.", { name });
    // ENXIO: a socket, or a FIFO nobody reads; ENODEV: a device without a driver.
    if (code === "ELOOP" || code === "ENOTDIR" || code === "ENXIO" || code === "ENODEV") throw blocked(name);
    throw error;
  };
}

function blocked(name: string): AppError {
  return new AppError("PATH_BLOCKED", "A link, or something that is no ordinary file or folder, is in the way.", {
    name,
  });
}
