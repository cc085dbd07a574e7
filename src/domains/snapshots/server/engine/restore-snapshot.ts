import { chmod, chown, lchown, lutimes, mkdir, rm, symlink, utimes } from "node:fs/promises";
import { dirname } from "node:path";
import { AppError } from "@/server/errors";
import { errorCode } from "@/server/fs/error-code";
import { explainDiskError } from "@/server/fs/explain-disk-error";
import { requireSpace } from "@/server/fs/free-space";
import { joinPath, pathForSystem } from "@/server/fs/path-bytes";
import { syncFilesystem } from "@/server/fs/sync-filesystem";
import { createEarlyFlush } from "./early-flush";
import type { EngineContext } from "./engine-context";
import { snapshotDamaged } from "./engine-errors";
import { secondsOf } from "./file-time";
import type { FileEntry, FolderEntry, LinkEntry, ManifestEntry, SnapshotInfo } from "./manifest";
import type { ObjectStore } from "./object-store";
import { readManifest } from "./read-manifest";
import { runLimited } from "./run-limited";
import { selectEntries } from "./select-entries";

export interface RestoreProgress {
  bytes: number;
  totalBytes: number;
  totalFiles: number;
}

export interface RestoreRequest {
  id: string;
  /** Absolute, must not exist; its parent must, and must be ours: nobody else may write there. */
  target: string;
  /** Only these, with what is in them. */
  paths?: readonly string[];
  /** Whose everything becomes. Without it, ours. */
  owner?: { uid: number; gid: number };
  signal?: AbortSignal;
  onProgress?(progress: RestoreProgress): void;
}

export interface RestoreResult {
  info: SnapshotInfo;
  files: number;
  bytes: number;
}

/** Links are made last and folders closed at the end, so these bits never stand in our own way. */
const openFolderMode = 0o700;
/** Set-user and set-group bits are not given out again. */
const allowedBits = 0o1777;

/**
 * Writes a snapshot (or a part of it) into a new folder, every content checked against its hash, and flushes it to disk.
 * Rejects before it touches anything when the manifest is damaged or a content is missing or not of its length
 * (SNAPSHOT_DAMAGED, with the paths), and when there is not enough room (DISK_FULL). After any failure the target is gone.
 * Contents stay collectable by nobody until it ends.
 */
export async function restoreSnapshot(
  context: EngineContext,
  store: ObjectStore,
  request: RestoreRequest,
): Promise<RestoreResult> {
  const { id, target, signal, owner } = request;
  const manifest = await readManifest(context, id, { signal });
  const entries = selectEntries(manifest.entries, request.paths);
  if (request.paths && entries.length === 0)
    throw new AppError("NOT_FOUND", "The snapshot holds none of these paths.", { paths: request.paths });
  const files = entries.filter((entry) => entry.type === "file");
  await store.load();
  const unpin = store.pin(files.map(({ hash }) => hash));
  try {
    await refuseDamage(store, id, files, signal);
    const totalBytes = files.reduce((sum, { size }) => sum + size, 0);
    const written = files.reduce((sum, { size, isSparse }) => sum + (isSparse ? 0 : size), 0);
    await requireSpace(dirname(target), written);
    await mkdir(target, { mode: openFolderMode }).catch((error) => {
      throw errorCode(error) === "EEXIST"
        ? new AppError("STATE_CONFLICT", "The folder to restore into exists already.")
        : explainDiskError(error);
    });
    try {
      await writeTree(context, store, { ...request, entries, files, totalBytes });
      await finishFolder(target, "", manifest.root, owner);
      context.onStep("flush restored files");
      await syncFilesystem(
        target,
        files.map(({ path }) => joinPath(target, path)),
      );
      signal?.throwIfAborted();
    } catch (error) {
      await rm(target, { recursive: true, force: true });
      throw explainDiskError(error);
    }
    return { info: manifest.info, files: files.length, bytes: totalBytes };
  } finally {
    unpin();
  }
}

async function refuseDamage(store: ObjectStore, id: string, files: readonly FileEntry[], signal?: AbortSignal) {
  const damages = new Map((await store.probe(files, { signal })).map(({ hash, problem }) => [hash, problem]));
  if (damages.size === 0) return;
  const damaged = files.filter(({ hash }) => damages.has(hash));
  throw snapshotDamaged("Contents of the snapshot are missing or damaged.", {
    snapshotId: id,
    damagedFiles: damaged.length,
    paths: damaged.slice(0, 20).map(({ path, hash }) => `${path.toWellFormed()}: ${damages.get(hash)}`),
  });
}

interface TreeToWrite extends RestoreRequest {
  entries: readonly ManifestEntry[];
  files: readonly FileEntry[];
  totalBytes: number;
}

async function writeTree({ onStep }: EngineContext, store: ObjectStore, tree: TreeToWrite): Promise<void> {
  const { target, owner, signal, files, totalBytes, onProgress } = tree;
  const folders = tree.entries.filter((entry) => entry.type === "folder");
  const links = tree.entries.filter((entry) => entry.type === "link");
  // A folder's path sorts before what is in it.
  for (const { path } of folders) await mkdir(joinPath(target, path), { mode: openFolderMode });
  onStep("write restored files");
  let bytes = 0;
  const earlyFlush = createEarlyFlush(target);
  const extracting = store.extract(
    files.map(({ path, hash, size, mode, mtimeNs, isSparse }) => ({
      target: `${target}/${path}`,
      hash,
      size,
      mode,
      mtimeNs,
      isSparse,
      owner: owner ?? null,
      offset: 0,
    })),
    {
      signal,
      onBytes: (more) => {
        bytes += more;
        earlyFlush.add(more);
        onProgress?.({ bytes, totalBytes, totalFiles: files.length });
      },
    },
  );
  await extracting.finally(() => earlyFlush.settled());
  for (const link of links) await writeLink(target, link, owner);
  onStep("finish restored folders");
  // The deepest first: writing into a folder changes its time.
  await runLimited(byDepth(folders), 1, async (folder) => finishFolder(target, folder.path, folder, owner));
}

async function writeLink(target: string, link: LinkEntry, owner: RestoreRequest["owner"]): Promise<void> {
  const place = joinPath(target, link.path);
  await symlink(pathForSystem(link.target), place);
  if (owner) await lchown(place, owner.uid, owner.gid);
  await lutimes(place, secondsOf(link.mtimeNs), secondsOf(link.mtimeNs));
}

async function finishFolder(
  target: string,
  path: string,
  { mode, mtimeNs }: { mode: number; mtimeNs: bigint },
  owner: RestoreRequest["owner"],
): Promise<void> {
  const place = joinPath(target, path);
  if (owner) await chown(place, owner.uid, owner.gid);
  await chmod(place, mode & allowedBits);
  await utimes(place, secondsOf(mtimeNs), secondsOf(mtimeNs));
}

function byDepth(folders: readonly FolderEntry[]): FolderEntry[] {
  return folders.toSorted((a, b) => b.path.split("/").length - a.path.split("/").length);
}
