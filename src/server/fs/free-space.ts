import { statfs } from "node:fs/promises";
import { AppError } from "@/server/errors";

/** Room that must be left for manifests, folders, and everyone else. */
const reserveBytes = 16 * 1024 * 1024;

/** Rejects with DISK_FULL unless `bytes` fit on the file system of `folder`. */
export async function requireSpace(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const freeBytes = bavail * bsize;
  if (bytes + reserveBytes <= freeBytes) return;
  const neededBytes = bytes + reserveBytes;
  throw new AppError("DISK_FULL", "The disk has too little room for this.", { neededBytes, freeBytes });
}
