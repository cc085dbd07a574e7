import { findUnreachableAncestor } from "@/server/fs/find-unreachable-ancestor";
import { projectRoot } from "./program-bundle";

const uid = 65_534;

/**
 * A user without rights that can run the program: for tests that run as root. Null when they do not, and when the project or
 * Node lies in a folder that only root may pass through.
 */
export async function findOrdinaryUser(): Promise<number | null> {
  if (process.getuid?.() !== 0) return null;
  for (const path of [projectRoot, process.execPath])
    if ((await findUnreachableAncestor(path, uid)) !== null) return null;
  return uid;
}
