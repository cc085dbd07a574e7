import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { AppError } from "@/server/errors";

const { O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY, O_CREAT, O_EXCL } = constants;
const isLinux = process.platform === "linux";

/**
 * Opens a folder below `root` by walking one component at a time over open directory handles, so that no component can be
 * exchanged for a symbolic link between the check and the use. `root` itself must be ours. The caller closes the handle.
 */
export async function openFolderInside(root: string, segments: readonly string[]): Promise<FileHandle> {
  let folder = await open(root, O_RDONLY | O_DIRECTORY);
  for (const segment of segments) {
    const parent = folder;
    try {
      folder = await open(childPath(parent, root, checkSegment(segment)), O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    } finally {
      await parent.close();
    }
  }
  return folder;
}

/** Opens an existing regular file inside an open folder for reading. Links, FIFOs, devices and sockets are refused. */
export async function openFileIn(folder: FileHandle, root: string, name: string): Promise<FileHandle> {
  const file = await open(childPath(folder, root, checkSegment(name)), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  const stat = await file.stat();
  if (stat.isFile()) return file;
  await file.close();
  throw new AppError("BAD_REQUEST", `${name} is not a regular file.`);
}

/** Creates a new file inside an open folder; fails when anything of that name exists. */
export function createFileIn(folder: FileHandle, root: string, name: string, mode = 0o600): Promise<FileHandle> {
  return open(childPath(folder, root, checkSegment(name)), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
}

/** Path of a child that stays bound to the open folder (Linux); elsewhere a plain path, where nothing better exists. */
export function childPath(folder: FileHandle, root: string, name: string): string {
  return isLinux ? `/proc/self/fd/${folder.fd}/${name}` : `${root}/${name}`;
}

function checkSegment(segment: string): string {
  if (segment === "" || segment === "." || segment === ".." || /[/\\\0]/.test(segment)) {
    throw new AppError("BAD_REQUEST", "A file name may not be empty, a dot entry, or contain slashes.");
  }
  return segment;
}
