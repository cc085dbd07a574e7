import { AppError } from "@/server/errors";
import { errorCode } from "../error-code";
import type { ContainedFolder } from "./folder";

/** Deeper trees could not be opened one folder inside the other: descriptors are few. */
const maxDepth = 500;

/**
 * Removes an entry and all that is in it, each by its open folder: what somebody exchanges for a link meanwhile is removed as a
 * link. Nothing there is fine.
 */
export async function removeTree(parent: ContainedFolder, name: string, depth = 0): Promise<void> {
  const stat = await parent.stat(name);
  if (!stat) return;
  if (!stat.isDirectory()) return ignoreGone(parent.removeFile(name));
  if (depth > maxDepth)
    throw new AppError("LIMIT_EXCEEDED", "The folders lie too deep inside each other.", { maxDepth });
  const folder = await parent.folder(name);
  try {
    for (const child of await folder.names()) await removeTree(folder, child, depth + 1);
  } finally {
    await folder.close();
  }
  await ignoreGone(parent.removeFolder(name));
}

async function ignoreGone(removal: Promise<void>): Promise<void> {
  await removal.catch((error: unknown) => {
    if (errorCode(error) !== "ENOENT") throw error;
  });
}
