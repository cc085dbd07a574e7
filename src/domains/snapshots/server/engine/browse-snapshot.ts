import { AppError } from "@/server/errors";
import { parentOf } from "@/server/fs/path-bytes";
import type { EngineContext } from "./engine-context";
import type { FileEntry, ManifestEntry, SnapshotInfo } from "./manifest";
import type { ObjectStore } from "./object-store";
import { readManifest } from "./read-manifest";

export interface BrowsedEntry {
  /** Last part of the path. */
  name: string;
  entry: ManifestEntry;
  /** Of a folder: everything in it, at any depth. Of a file: itself. */
  files: number;
  bytes: number;
}

export interface BrowsedFolder {
  info: SnapshotInfo;
  /** "" is the root. */
  path: string;
  entries: BrowsedEntry[];
}

/** What a folder of a snapshot holds, from the manifest alone. Rejects with NOT_FOUND when it has no such folder. */
export async function browseSnapshot(context: EngineContext, id: string, path = ""): Promise<BrowsedFolder> {
  const { info, entries } = await readManifest(context, id);
  if (path !== "" && !entries.some((entry) => entry.type === "folder" && entry.path === path))
    throw new AppError("NOT_FOUND", "The snapshot has no such folder.", { path: path.toWellFormed() });
  const prefix = path === "" ? "" : `${path}/`;
  const found = new Map<string, BrowsedEntry>();
  // A folder comes before what is in it.
  for (const entry of entries) {
    if (!entry.path.startsWith(prefix)) continue;
    const [name = ""] = entry.path.slice(prefix.length).split("/", 1);
    if (parentOf(entry.path) === path) found.set(name, { name, entry, files: 0, bytes: 0 });
    const child = found.get(name);
    if (child === undefined || entry.type !== "file") continue;
    child.files++;
    child.bytes += entry.size;
  }
  return { info, path, entries: [...found.values()] };
}

/**
 * One file of a snapshot as a stream, whole or a range of bytes. Its content cannot be collected until the stream has
 * ended or was left. The hash of a whole file is checked before the last piece comes; rejects with SNAPSHOT_DAMAGED.
 */
export async function readSnapshotFile(
  context: EngineContext,
  store: ObjectStore,
  request: { id: string; path: string; range?: { start: number; end: number } },
): Promise<{ entry: FileEntry; content: AsyncGenerator<Buffer> }> {
  const { entries } = await readManifest(context, request.id);
  const entry = entries.find(({ path }) => path === request.path);
  if (entry?.type !== "file")
    throw new AppError("NOT_FOUND", "The snapshot has no such file.", { path: request.path.toWellFormed() });
  return { entry, content: pinned(store, entry, request.range) };
}

async function* pinned(store: ObjectStore, entry: FileEntry, range?: { start: number; end: number }) {
  const unpin = store.pin([entry.hash]);
  try {
    yield* store.read(entry, range);
  } finally {
    unpin();
  }
}
