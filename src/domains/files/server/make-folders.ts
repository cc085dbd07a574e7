import { lchown } from "node:fs/promises";
import { type ContainedFolder, openContained } from "@/server/fs/contained/folder";
import { segmentsOf } from "@/server/fs/contained/walk";
import { errorCode } from "@/server/fs/error-code";
import type { FilePlace } from "./reach-files";

/** Makes a folder and those on the way to it that are not there yet, each the server's own. */
export async function makeFolders({ root, uid }: Pick<FilePlace, "root" | "uid">, path: string): Promise<void> {
  let folder = await openContained(root);
  try {
    for (const name of segmentsOf(path)) {
      await makeFolder(folder, name, uid);
      const child = await folder.folder(name);
      await folder.close();
      folder = child;
    }
  } finally {
    await folder.close();
  }
}

/** True when it was not there before. */
export async function makeFolder(parent: ContainedFolder, name: string, uid: number | null): Promise<boolean> {
  try {
    await parent.createFolder(name, 0o755);
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
  if (uid !== null) await lchown(parent.pathOf(name), uid, uid);
  await parent.sync();
  return true;
}
