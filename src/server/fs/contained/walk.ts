import { realpath } from "node:fs/promises";
import { sep } from "node:path";
import { AppError, isAppError } from "@/server/errors";
import { type ContainedFolder, openContained } from "./folder";

/** The components of a path inside a server's folder; none for the folder itself. */
export function segmentsOf(path: string): string[] {
  return path === "" ? [] : path.split("/");
}

/** Walks from a folder of ours one open folder at a time. The caller closes the result. */
export async function openFolderAt(root: string, path: string): Promise<ContainedFolder> {
  await requireOwnPlace(root, path);
  let folder = await openContained(root);
  for (const segment of segmentsOf(path)) {
    const parent = folder;
    try {
      folder = await parent.folder(segment);
    } finally {
      await parent.close();
    }
  }
  return folder;
}

/** Works in the folder that holds the last component of a path. PATH_INVALID for the folder itself, which has no name of its own. */
export async function inParent<T>(
  root: string,
  path: string,
  work: (parent: ContainedFolder, name: string) => Promise<T>,
): Promise<T> {
  const segments = segmentsOf(path);
  const name = segments.pop();
  if (name === undefined) throw new AppError("PATH_INVALID", "The server's own folder cannot be meant here.", { path });
  const parent = await openFolderAt(root, segments.join("/"));
  try {
    return await work(parent, name);
  } finally {
    await parent.close();
  }
}

/** Where no folder can be held open by name (not Linux), what a path resolves to must at least lie inside. */
async function requireOwnPlace(root: string, path: string): Promise<void> {
  if (process.platform === "linux" || path === "") return;
  const [ownRoot, found] = await Promise.all([realpath(root), realpath(`${root}/${path}`).catch(() => null)]);
  if (found !== null && !found.startsWith(`${ownRoot}${sep}`))
    throw new AppError("PATH_BLOCKED", "A link leads out of the server's folder.", { path });
}

/** For `catch`: null when a path leads to nothing, or not to what was asked for without following a link. */
export function nullIfUnreachable(error: unknown): null {
  if (isAppError(error) && (error.code === "PATH_NOT_FOUND" || error.code === "PATH_BLOCKED")) return null;
  throw error;
}
