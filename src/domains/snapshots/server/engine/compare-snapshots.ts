import type { EngineContext } from "./engine-context";
import type { ManifestEntry } from "./manifest";
import { readManifest } from "./read-manifest";
import { runLimited } from "./run-limited";
import type { SnapshotSource } from "./snapshot-run";
import { isUnchanged, loadStatCache, statCacheKey } from "./stat-cache";
import type { WalkedFile } from "./worker/worker-jobs";

export interface ComparedEntry {
  type: ManifestEntry["type"];
  mode: number;
  mtimeNs: bigint;
  /** Of a file. */
  size?: number;
  hash?: string;
  /** Of a link. */
  target?: string;
}

export interface Difference {
  path: string;
  change: "added" | "removed" | "changed";
  /** What is different about what is on both sides. */
  isContentChanged: boolean;
  isModeChanged: boolean;
  before: ComparedEntry | null;
  after: ComparedEntry | null;
}

const hashBatch = 64;

/** From one snapshot to another. Times alone make no difference. */
export async function compareSnapshots(context: EngineContext, from: string, to: string): Promise<Difference[]> {
  const before = await readManifest(context, from);
  const after = await readManifest(context, to);
  return differences(toMap(before.entries), toMap(after.entries));
}

/**
 * From a snapshot to a folder as it is now. Files of the same size are read only where the last snapshot does not tell
 * their hash. Give the excludes that the snapshot was taken with.
 */
export async function compareWithFolder(
  context: EngineContext,
  request: { id: string; source: SnapshotSource; signal?: AbortSignal },
): Promise<Difference[]> {
  const { places, pool } = context;
  const { source, signal } = request;
  const { info, entries } = await readManifest(context, request.id, { signal });
  const before = toMap(entries);
  const { folder, excludes = [], only } = source;
  const tree = await pool.run("walk", { folder, excludes, only }, { signal });
  const known = await loadStatCache(places.caches, statCacheKey(info, folder));
  const after = new Map<string, ComparedEntry>();
  for (const { path, mode, mtimeNs } of tree.folders) after.set(path, { type: "folder", mode, mtimeNs });
  for (const { path, mode, mtimeNs, target } of tree.links) after.set(path, { type: "link", mode, mtimeNs, target });
  const toHash: WalkedFile[] = [];
  for (const file of tree.files) {
    const { path, mode, mtimeNs, size } = file;
    const last = known.get(path);
    const hash = last && isUnchanged(last, file) ? last.hash : undefined;
    after.set(path, { type: "file", mode, mtimeNs, size, hash });
    const other = before.get(path);
    if (hash === undefined && other?.type === "file" && other.size === size) toHash.push(file);
  }
  const batches = Array.from({ length: Math.ceil(toHash.length / hashBatch) }, (_, at) =>
    toHash.slice(at * hashBatch, (at + 1) * hashBatch),
  );
  await runLimited(batches, pool.size + 1, async (batch) => {
    for (const outcome of await pool.run("hash", { folder, paths: batch.map(({ path }) => path) }, { signal })) {
      const entry = after.get(outcome.path);
      if (outcome.kind === "gone") after.delete(outcome.path);
      else if (entry) after.set(outcome.path, { ...entry, size: outcome.stat.size, hash: outcome.hash });
    }
  });
  return differences(before, after);
}

function toMap(entries: readonly ManifestEntry[]): Map<string, ComparedEntry> {
  return new Map(entries.map(({ path, ...entry }) => [path, entry]));
}

function differences(
  before: ReadonlyMap<string, ComparedEntry>,
  after: ReadonlyMap<string, ComparedEntry>,
): Difference[] {
  const found: Difference[] = [];
  const none = { isContentChanged: false, isModeChanged: false };
  for (const [path, was] of before) {
    const is = after.get(path);
    if (is === undefined) found.push({ path, change: "removed", ...none, before: was, after: null });
    else {
      const isContentChanged =
        was.type !== is.type || was.size !== is.size || was.hash !== is.hash || was.target !== is.target;
      const isModeChanged = was.type !== "link" && was.mode !== is.mode;
      if (isContentChanged || isModeChanged)
        found.push({ path, change: "changed", isContentChanged, isModeChanged, before: was, after: is });
    }
  }
  for (const [path, is] of after)
    if (!before.has(path)) found.push({ path, change: "added", ...none, before: null, after: is });
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}
