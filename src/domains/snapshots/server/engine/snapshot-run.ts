import { mkdir } from "node:fs/promises";
import { requireSpace } from "@/server/fs/free-space";
import type { EngineContext } from "./engine-context";
import type { ManifestEntry, SnapshotInfo, SnapshotTotals } from "./manifest";
import type { ObjectStore, StoreSession } from "./object-store";
import { isUnchanged, type KnownFile, loadStatCache, saveStatCache, statCacheKey } from "./stat-cache";
import type { WalkedFile, WalkedTree } from "./worker/worker-jobs";
import { writeManifest } from "./write-manifest";

export interface SnapshotSource {
  /** Absolute. Nothing outside it is read, whatever links it holds. */
  folder: string;
  /** See `exclude-rules.ts`. */
  excludes?: readonly string[];
  /** These paths alone, with what is in them. */
  only?: readonly string[];
}

export interface SnapshotProgress {
  phase: "prepare" | "capture" | "save";
  /** Of the current phase; what need not be read counts as done. */
  files: number;
  totalFiles: number;
  bytes: number;
  totalBytes: number;
}

export interface SnapshotRequest {
  info: SnapshotInfo;
  source: SnapshotSource;
  signal?: AbortSignal;
  onProgress?(progress: SnapshotProgress): void;
}

export interface CaptureReport {
  totals: SnapshotTotals;
  /** What had to be read in this pass. */
  readFiles: number;
  readBytes: number;
  /** Changed during every reading: kept as last read, which may be a mixture. */
  unsteady: string[];
  /** FIFOs, sockets and devices, which are left out. */
  special: string[];
}

export interface SnapshotResult extends CaptureReport {
  info: SnapshotInfo;
  /** Of the manifest. */
  checksum: string;
  /** Bytes that the store and the manifest have grown by. */
  addedBytes: number;
}

/**
 * One snapshot in the making. `prepare` may be called while a game writes: it stores most of the data, promises nothing
 * about it, and may be repeated. `capture` reads what changed since and decides what the snapshot holds: if nothing
 * writes between its call and its end, the snapshot is the folder at that moment. Afterwards the folder is not touched
 * again, so saving may go on. `commit` makes the snapshot exist, durably, or leaves none. Always call `close`.
 */
export interface SnapshotRun {
  prepare(): Promise<void>;
  capture(): Promise<CaptureReport>;
  /** @param metadata is added to that of the request */
  commit(metadata?: Record<string, unknown>): Promise<SnapshotResult>;
  /** Drops what was not committed. */
  close(): Promise<void>;
}

interface Captured {
  report: CaptureReport;
  entries: ManifestEntry[];
  root: WalkedTree["root"];
  known: Map<string, KnownFile>;
}

export async function beginSnapshot(
  context: EngineContext,
  store: ObjectStore,
  request: SnapshotRequest,
): Promise<SnapshotRun> {
  const { places, pool } = context;
  const { source, info, signal } = request;
  await mkdir(places.staging, { recursive: true, mode: 0o700 });
  const session: StoreSession = await store.openSession();
  const cacheKey = statCacheKey(info, source.folder);
  let known: Map<string, KnownFile> | null = null;
  let captured: Captured | null = null;

  const walk = () => {
    const { folder, excludes = [], only } = source;
    return pool.run("walk", { folder, excludes, only }, { signal });
  };

  /** Reads and stores what is not known yet. Resolves with what each path holds; paths that vanished are not in it. */
  const pass = async (phase: "prepare" | "capture", tree: WalkedTree) => {
    if (known === null) {
      known = await loadStatCache(places.caches, cacheKey);
      // What somebody has removed or cut off is read again rather than relied on.
      await store.probe(known.values(), { signal });
    }
    const before = known;
    const found = new Map<string, KnownFile>();
    const unsteady: string[] = [];
    const toRead: WalkedFile[] = [];
    for (const file of tree.files) {
      const last = before.get(file.path);
      if (last && isUnchanged(last, file) && session.claim(last.hash)) found.set(file.path, last);
      else toRead.push(file);
    }
    const totalBytes = sumOf(tree.files, ({ size }) => size);
    const readBytes = sumOf(toRead, ({ size }) => size);
    await requireSpace(
      places.root,
      sumOf(toRead, ({ size, occupied }) => Math.min(size, occupied)),
    );
    const progress: SnapshotProgress = {
      phase,
      files: tree.files.length - toRead.length,
      totalFiles: tree.files.length,
      bytes: totalBytes - readBytes,
      totalBytes,
    };
    request.onProgress?.({ ...progress });
    await session.put(source.folder, toRead, {
      signal,
      onBytes: (bytes) => {
        progress.bytes = Math.min(totalBytes, progress.bytes + bytes);
        request.onProgress?.({ ...progress });
      },
      onFile: (outcome) => {
        progress.files++;
        request.onProgress?.({ ...progress });
        if (outcome.kind === "gone") return;
        const { path, hash, stat, readAtMs, isSteady } = outcome;
        const { size, mtimeNs, ctimeNs, ino, dev } = stat;
        // An unsteady reading must never be taken for the file's content later.
        found.set(path, { hash, size, mtimeNs, ctimeNs, ino, dev, readAtMs: isSteady ? readAtMs : 0 });
        if (!isSteady) unsteady.push(path);
      },
    });
    known = found;
    return { found, unsteady, readFiles: toRead.length, readBytes };
  };

  return {
    prepare: async () => {
      await pass("prepare", await walk());
      // Most of the data is on its way to the disk before the game has to hold still.
      await session.publish();
    },
    capture: async () => {
      const tree = await walk();
      const { found, unsteady, readFiles, readBytes } = await pass("capture", tree);
      const { entries, totals } = entriesOf(tree, found);
      const report: CaptureReport = { totals, readFiles, readBytes, unsteady, special: tree.special };
      captured = { report, entries, root: tree.root, known: found };
      return report;
    },
    commit: async (metadata = {}) => {
      if (captured === null) throw new Error("A snapshot has to be captured before it is committed.");
      signal?.throwIfAborted();
      const { report, entries, root, known: found } = captured;
      const { totals } = report;
      request.onProgress?.({
        phase: "save",
        files: totals.files,
        totalFiles: totals.files,
        bytes: totals.bytes,
        totalBytes: totals.bytes,
      });
      await session.publish();
      signal?.throwIfAborted();
      const full = { ...info, metadata: { ...info.metadata, ...metadata } };
      const { checksum, bytes } = await writeManifest(context, { info: full, totals, root, entries });
      // Only saves time: without it the next snapshot reads everything again.
      await saveStatCache(places.caches, cacheKey, found).catch(() => {});
      return { ...report, info: full, checksum, addedBytes: session.addedBytes + bytes };
    },
    close: () => session.close(),
  };
}

function entriesOf(tree: WalkedTree, found: ReadonlyMap<string, KnownFile>) {
  const entries: ManifestEntry[] = [
    ...tree.folders.map((folder) => ({ type: "folder" as const, ...folder })),
    ...tree.links.map((link) => ({ type: "link" as const, ...link })),
  ];
  for (const { path, mode, occupied } of tree.files) {
    const file = found.get(path);
    if (file === undefined) continue;
    const { size, mtimeNs, hash } = file;
    entries.push({ type: "file", path, mode, mtimeNs, size, hash, isSparse: occupied < size });
  }
  entries.sort((a, b) => (a.path < b.path ? -1 : 1));
  const files = entries.filter((entry) => entry.type === "file");
  const totals: SnapshotTotals = {
    files: files.length,
    folders: tree.folders.length,
    links: tree.links.length,
    bytes: sumOf(files, ({ size }) => size),
  };
  return { entries, totals };
}

function sumOf<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}
