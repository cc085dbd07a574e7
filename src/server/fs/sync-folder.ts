import { open } from "node:fs/promises";

/** Makes names created, renamed or removed in a folder survive a power cut. Does nothing where folders cannot be synced. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
