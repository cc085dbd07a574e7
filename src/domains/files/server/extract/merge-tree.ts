import { link, mkdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { inParent } from "@/server/fs/contained/walk";
import { errorCode } from "@/server/fs/error-code";
import { pathForSystem } from "@/server/fs/path-bytes";
import { syncFilesystem } from "@/server/fs/sync-filesystem";
import { syncFolder } from "@/server/fs/sync-folder";
import { writeFileDurable } from "@/server/fs/write-file-durable";
import type { MergeItem } from "./plan-merge";

/**
 * An extraction's own folder: `tree` is what comes in, `old/0`, `old/1` … second names of the files that it replaces, `plan.json` says
 * which is which. Renamed to `done.json`, all of it has happened.
 */
export interface ExtractionPlace {
  folder: string;
  /** The server's folder. */
  live: string;
}

const planSchema = z.object({
  serverId: z.uuid(),
  items: z.array(z.object({ path: z.string(), staged: z.string(), isReplacement: z.boolean() })),
});

export const stagedTree = (folder: string) => join(folder, "tree");
const planFile = (folder: string) => join(folder, "plan.json");
const oldOf = (folder: string, index: number) => join(folder, "old", String(index));

/**
 * Brings all items into the server's folder, or none: every file is either the old or the new one at every moment, and a failure takes
 * back what was done. A crash is settled by `settleMerge`. Needs the server's turn.
 */
export async function mergeTree(place: ExtractionPlace, serverId: string, items: readonly MergeItem[]): Promise<void> {
  const { folder, live } = place;
  await mkdir(join(folder, "old"), { mode: 0o700 });
  await writeFileDurable(planFile(folder), JSON.stringify({ serverId, items }));
  await syncFolder(folder);
  try {
    for (const [index, { path, staged, isReplacement }] of items.entries())
      await inParent(live, path, async (parent, name) => {
        if (isReplacement) await link(parent.pathOf(name), oldOf(folder, index));
        await rename(stagedPath(folder, staged), parent.pathOf(name));
      });
    // What has moved must be on the disk before anything says so.
    await syncFilesystem(folder, []);
    await rename(planFile(folder), join(folder, "done.json"));
    await syncFolder(folder);
  } catch (error) {
    await takeBack(place, items);
    throw error;
  }
}

/** After a crash: takes back what was half done. Call it before anybody touches the server's files. */
export async function settleMerge(folder: string, liveOf: (serverId: string) => string): Promise<void> {
  const text = await readFile(planFile(folder), "utf8").catch(() => null);
  if (text === null) return;
  const { serverId, items } = planSchema.parse(JSON.parse(text));
  await takeBack({ folder, live: liveOf(serverId) }, items);
}

/** May be done again from wherever it stopped: the last one first. */
async function takeBack({ folder, live }: ExtractionPlace, items: readonly MergeItem[]): Promise<void> {
  for (const [index, { path, staged, isReplacement }] of [...items.entries()].reverse()) {
    await inParent(live, path, async (parent, name) => {
      if (isReplacement) await ignoreMissing(rename(oldOf(folder, index), parent.pathOf(name)));
      else if (await isMissing(folder, staged))
        await ignoreMissing(rename(parent.pathOf(name), stagedPath(folder, staged)));
    });
  }
}

async function isMissing(folder: string, staged: string): Promise<boolean> {
  return inParent(stagedTree(folder), staged, async (parent, name) => (await parent.stat(name)) === null);
}

const stagedPath = (folder: string, staged: string) => pathForSystem(`${stagedTree(folder)}/${staged}`);

async function ignoreMissing(work: Promise<void>): Promise<void> {
  await work.catch((error: unknown) => {
    if (errorCode(error) !== "ENOENT") throw error;
  });
}
