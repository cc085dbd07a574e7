import { lstat, mkdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { AppError, isAppError } from "@/server/errors";
import { openFolderAt } from "@/server/fs/contained/walk";
import { errorCode } from "@/server/fs/error-code";
import { parentOf } from "@/server/fs/path-bytes";
import { syncFolder } from "@/server/fs/sync-folder";
import { writeFileDurable } from "@/server/fs/write-file-durable";
import { serverRunsSchema } from "../../../servers/program-contract";
import { snapshotResources } from "../../contract";
import type { SnapshotEngine } from "../engine/snapshot-engine";

/**
 * A restore's own folder, beside the servers': `fresh` is what comes in, laid out as in the server's folder; `old/0`, `old/1` … what it
 * replaces; `plan.json` says which path each number stands for.
 */
export interface RestorePlace {
  /** Of the restore. Nobody but mcsd may look into it. */
  aside: string;
  /** The server's folder. */
  live: string;
}

const aboutSchema = z.object({
  restoreId: z.uuid(),
  serverId: z.uuid(),
  snapshotId: z.uuid(),
  preRestoreId: z.uuid().nullable(),
  resource: z.enum(snapshotResources),
  paths: z.array(z.string()),
  /** The restore that this one takes back. */
  undoes: z.uuid().nullable(),
  /** What the server runs with these files, where that is another program than now. */
  runs: serverRunsSchema.nullable().default(null),
});
/** All that has to be known to finish what a crash cut off. */
export type RestoreFacts = z.infer<typeof aboutSchema>;

const planSchema = z.object({
  facts: aboutSchema,
  items: z.array(
    z.object({
      /** In the server's folder; "" is all of it. */
      path: z.string(),
      /** False: the path is taken away, because the snapshot does not have it. */
      hasFresh: z.boolean(),
      hadLive: z.boolean(),
    }),
  ),
});
type Plan = z.infer<typeof planSchema>;
type Item = Plan["items"][number];

export const freshFolder = (aside: string) => join(aside, "fresh");

/**
 * Puts everything that lies in `fresh` into its place, path by path by rename, and keeps what was there. The plan is written first:
 * after a crash `settleReplacement` says whether all of it happened, and else takes back what did. Nothing may run in the folder.
 */
export async function replacePaths(
  engine: Pick<SnapshotEngine, "swapFolders">,
  { aside, live }: RestorePlace,
  facts: RestoreFacts,
): Promise<void> {
  const items: Item[] = [];
  for (const path of facts.paths) {
    await requireOwnParents(live, path);
    const hasFresh = await exists(within(freshFolder(aside), path));
    const hadLive = await exists(within(live, path));
    if (hasFresh || hadLive) items.push({ path, hasFresh, hadLive });
  }
  await mkdir(join(aside, "old"), { mode: 0o700 });
  await writeFileDurable(join(aside, "plan.json"), JSON.stringify({ facts, items } satisfies Plan));
  try {
    for (const [index, { path, hasFresh }] of items.entries()) {
      const at = { live: within(live, path), fresh: within(freshFolder(aside), path), old: oldOf(aside, index) };
      await makeParents(live, path);
      if (hasFresh) await engine.swapFolders(at);
      else await move(at.live, at.old);
    }
  } catch (error) {
    await takeBack({ aside, live }, items);
    throw error;
  }
}

/**
 * What became of a replacement that was cut off, with nothing half done afterwards: `new` when all of it stands, `old` when nothing of
 * it does. Call it once the engine has settled its own swaps.
 */
export async function settleReplacement(
  aside: string,
  liveOf: (serverId: string) => string,
): Promise<{ tree: "old" } | { tree: "new"; facts: RestoreFacts }> {
  const text = await readFile(join(aside, "plan.json"), "utf8").catch(() => null);
  if (text === null) return { tree: "old" };
  const { items, facts } = planSchema.parse(JSON.parse(text));
  const place = { aside, live: liveOf(facts.serverId) };
  const done = await Promise.all(items.map((item, index) => isDone(place, item, index)));
  if (done.every(Boolean)) return { tree: "new", facts };
  await takeBack(place, items);
  return { tree: "old" };
}

/** Where what was replaced lies now. */
export const oldOf = (aside: string, index: number) => join(aside, "old", String(index));

export async function removeAside(aside: string): Promise<void> {
  await rm(aside, { recursive: true, force: true });
}

async function isDone({ aside }: RestorePlace, { path, hasFresh }: Item, index: number): Promise<boolean> {
  return hasFresh ? !(await exists(within(freshFolder(aside), path))) : exists(oldOf(aside, index));
}

/** May be done again from wherever it stopped. */
async function takeBack({ aside, live }: RestorePlace, items: readonly Item[]): Promise<void> {
  for (const [index, item] of items.entries()) {
    const place = within(live, item.path);
    const fresh = within(freshFolder(aside), item.path);
    const old = oldOf(aside, index);
    if (item.hasFresh && !(await exists(fresh)) && (await exists(place))) await move(place, fresh);
    if ((await exists(old)) && !(await exists(place))) await move(old, place);
  }
}

async function move(from: string, to: string): Promise<void> {
  await rename(from, to);
  await syncFolder(dirname(to));
  if (dirname(from) !== dirname(to)) await syncFolder(dirname(from));
}

/** A link on the way would lead the rename out of the server's folder. */
async function requireOwnParents(root: string, path: string): Promise<void> {
  try {
    await (await openFolderAt(root, parentOf(path))).close();
  } catch (error) {
    if (isAppError(error) && error.code === "PATH_NOT_FOUND") return;
    if (!isAppError(error) || error.code !== "PATH_BLOCKED") throw error;
    throw new AppError("STATE_CONFLICT", "A link or a file is in the way of what is to be restored.", { path });
  }
}

async function makeParents(root: string, path: string): Promise<void> {
  const segments = path.split("/").slice(0, -1);
  if (segments.length > 0) await mkdir(join(root, ...segments), { recursive: true, mode: 0o700 });
}

function within(root: string, path: string): string {
  return path === "" ? root : `${root}/${path}`;
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR") return false;
    throw error;
  }
}
