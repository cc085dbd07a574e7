import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { AppError } from "@/server/errors";
import { errorCode } from "@/server/fs/error-code";
import { syncFolder } from "@/server/fs/sync-folder";
import { writeFileDurable } from "@/server/fs/write-file-durable";
import type { EngineContext } from "./engine-context";

/** Three absolute paths on one file system. */
export interface FolderSwap {
  /** What is in use, and will be replaced. May be missing. */
  live: string;
  /** Takes its place. Must be on disk whole: `restoreSnapshot` leaves it so. */
  fresh: string;
  /** Where `live` goes. Must not exist. */
  old: string;
}

const intentSchema = z.object({
  live: z.string(),
  fresh: z.string(),
  old: z.string(),
  /** Device and inode of either folder: names change hands, these do not. Null when there was none. */
  liveId: z.string().nullable(),
  freshId: z.string(),
});
type SwapIntent = z.infer<typeof intentSchema>;

export interface SettledSwap extends FolderSwap {
  /** Which whole tree is at `live` now. `unclear`: someone else has moved the folders; nothing was touched. */
  outcome: "old" | "new" | "unclear";
}

/**
 * Puts `fresh` in the place of `live` by two renames; nothing is copied, so each tree is whole at every moment. What is
 * meant is written down first: after a crash at any line `settleSwaps` finishes the swap, or finds that it had not begun.
 * Nothing may use `live` meanwhile. When it fails, `live` is the old tree.
 */
export async function swapFolders({ places, onStep }: EngineContext, swap: FolderSwap): Promise<void> {
  const liveId = await folderId(swap.live);
  const freshId = await folderId(swap.fresh);
  if (freshId === null) throw new AppError("NOT_FOUND", "The folder to swap in does not exist.");
  if ((await folderId(swap.old)) !== null)
    throw new AppError("STATE_CONFLICT", "There is something where the old folder should go.");
  await mkdir(places.swaps, { recursive: true, mode: 0o700 });
  const file = join(places.swaps, `${randomBytes(12).toString("hex")}.json`);
  onStep("write intent of swap");
  await writeFileDurable(file, JSON.stringify({ ...swap, liveId, freshId } satisfies SwapIntent));
  try {
    if (liveId !== null) await move(swap.live, swap.old, onStep);
    try {
      await move(swap.fresh, swap.live, onStep);
    } catch (error) {
      if (liveId !== null) await move(swap.old, swap.live, onStep);
      throw error;
    }
  } catch (error) {
    await forget(file, onStep);
    throw error;
  }
  await forget(file, onStep);
}

/** Ends every swap that a crash cut off, in the whole new tree if the old one had left its place. Call it at boot. */
export async function settleSwaps({ places, onStep }: EngineContext): Promise<SettledSwap[]> {
  const settled: SettledSwap[] = [];
  const names = await readdir(places.swaps).catch(() => []);
  for (const name of names) {
    const file = join(places.swaps, name);
    // A swap whose intent was not written to its end had not begun.
    if (!name.endsWith(".json")) {
      await rm(file, { force: true });
      continue;
    }
    const intent = intentSchema.parse(JSON.parse(await readFile(file, "utf8")));
    const outcome = await settle(intent, onStep);
    const { live, fresh, old } = intent;
    settled.push({ live, fresh, old, outcome });
    if (outcome !== "unclear") await forget(file, onStep);
  }
  return settled;
}

async function settle(intent: SwapIntent, onStep: (step: string) => void): Promise<SettledSwap["outcome"]> {
  const { live, fresh, old, liveId, freshId } = intent;
  const at = { live: await folderId(live), fresh: await folderId(fresh), old: await folderId(old) };
  if (at.live === freshId) return "new";
  if (at.live === liveId && at.live !== null) return "old";
  if (at.live === null && at.fresh === freshId && (at.old === liveId || liveId === null)) {
    await move(fresh, live, onStep);
    return "new";
  }
  // The new tree is gone (it lay in a temporary folder, say): the old one goes back to its place.
  if (at.live === null && at.fresh === null && at.old !== null && at.old === liveId) {
    await move(old, live, onStep);
    return "old";
  }
  return "unclear";
}

async function move(from: string, to: string, onStep: (step: string) => void): Promise<void> {
  onStep("rename folder");
  await rename(from, to);
  onStep("flush folder of swap");
  await syncFolder(dirname(to));
  if (dirname(from) !== dirname(to)) await syncFolder(dirname(from));
}

async function forget(file: string, onStep: (step: string) => void): Promise<void> {
  onStep("remove intent of swap");
  await rm(file, { force: true });
  await syncFolder(dirname(file));
}

async function folderId(path: string): Promise<string | null> {
  try {
    const { dev, ino } = await stat(path, { bigint: true });
    return `${dev}:${ino}`;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    throw error;
  }
}
