import type { Readable } from "node:stream";
import { type ExtractRequest, type ExtractResult, extractArchive } from "@/server/archive/extract-archive";
import { type BrowsedFolder, browseSnapshot, readSnapshotFile } from "./browse-snapshot";
import { type CollectResult, collectObjects } from "./collect-objects";
import { compareSnapshots, compareWithFolder, type Difference } from "./compare-snapshots";
import { type CreateSnapshotRequest, createSnapshot } from "./create-snapshot";
import { deleteSnapshot } from "./delete-snapshot";
import { describeSnapshot, type FoundSnapshot } from "./describe-snapshot";
import { type EngineContext, enginePlaces, type StepListener } from "./engine-context";
import { type ExportRequest, exportArchive } from "./export-archive";
import { listSnapshotIds, reindexSnapshots } from "./list-snapshots";
import { createLocalObjectStore } from "./local-object-store";
import type { FileEntry } from "./manifest";
import type { StoreOptions } from "./object-store";
import { readManifest } from "./read-manifest";
import { type Recovery, recoverSnapshots } from "./recover-snapshots";
import { type RestoreRequest, type RestoreResult, restoreSnapshot } from "./restore-snapshot";
import { beginSnapshot, type SnapshotRequest, type SnapshotResult, type SnapshotRun } from "./snapshot-run";
import { type FolderSwap, swapFolders } from "./swap-folders";
import { type Verdict, type VerifyOptions, verifyAll, verifySnapshot } from "./verify-snapshot";
import { startWorkerPool } from "./worker-pool";

export interface SnapshotEngineOptions {
  /** Absolute path of the folder of snapshots. One process at a time may use it. */
  root: string;
  /** The bundled `worker/snapshot-worker.ts`. */
  workerFile: string | URL;
  /** The bundled `archive/archive-extractor.ts`. */
  extractorFile: string | URL;
  onStep?: StepListener;
}

/** Snapshots on disk. Knows no database and no server; what each call promises stands beside its function. */
export interface SnapshotEngine {
  /** At boot, before any other call. */
  recover(): Promise<Recovery>;
  createSnapshot(request: CreateSnapshotRequest): Promise<SnapshotResult>;
  beginSnapshot(request: SnapshotRequest): Promise<SnapshotRun>;
  restoreSnapshot(request: RestoreRequest): Promise<RestoreResult>;
  swapFolders(swap: FolderSwap): Promise<void>;
  verifySnapshot(id: string, options?: VerifyOptions): Promise<Verdict>;
  verifyAll(options?: StoreOptions): Promise<Verdict[]>;
  browse(id: string, path?: string): Promise<BrowsedFolder>;
  /** Those of the paths that a snapshot does not hold. */
  findMissing(id: string, paths: readonly string[]): Promise<string[]>;
  /** Every file of a snapshot, in the order of their paths. */
  listFiles(id: string): Promise<FileEntry[]>;
  readFile(request: {
    id: string;
    path: string;
    range?: { start: number; end: number };
  }): Promise<{ entry: FileEntry; content: AsyncGenerator<Buffer> }>;
  compareSnapshots(from: string, to: string): Promise<Difference[]>;
  compareWithFolder(request: Parameters<typeof compareWithFolder>[1]): Promise<Difference[]>;
  exportArchive(request: ExportRequest): Promise<Readable>;
  importArchive(request: ExtractRequest): Promise<ExtractResult>;
  deleteSnapshot(id: string): Promise<void>;
  collect(signal?: AbortSignal): Promise<CollectResult>;
  reindex(signal?: AbortSignal): Promise<FoundSnapshot[]>;
  /** Ids of everything that could be a snapshot. */
  listIds(): Promise<string[]>;
  describe(id: string): Promise<FoundSnapshot | null>;
  /** Ends the threads. Operations that run are rejected. */
  close(): Promise<void>;
}

export function createSnapshotEngine(options: SnapshotEngineOptions): SnapshotEngine {
  const { root, workerFile, extractorFile, onStep = () => {} } = options;
  const pool = startWorkerPool(workerFile);
  const context: EngineContext = { places: enginePlaces(root), pool, onStep };
  const store = createLocalObjectStore(context);
  return {
    recover: () => recoverSnapshots(context),
    createSnapshot: (request) => createSnapshot(context, store, request),
    beginSnapshot: (request) => beginSnapshot(context, store, request),
    restoreSnapshot: (request) => restoreSnapshot(context, store, request),
    swapFolders: (swap) => swapFolders(context, swap),
    verifySnapshot: (id, options) => verifySnapshot(context, store, id, options),
    verifyAll: (options) => verifyAll(context, store, options),
    browse: (id, path) => browseSnapshot(context, id, path),
    findMissing: async (id, paths) => {
      const known = new Set((await readManifest(context, id)).entries.map(({ path }) => path));
      return paths.filter((path) => !known.has(path));
    },
    listFiles: async (id) => (await readManifest(context, id)).entries.filter((entry) => entry.type === "file"),
    readFile: (request) => readSnapshotFile(context, store, request),
    compareSnapshots: (from, to) => compareSnapshots(context, from, to),
    compareWithFolder: (request) => compareWithFolder(context, request),
    exportArchive: (request) => exportArchive(context, store, request),
    importArchive: (request) => extractArchive(extractorFile, request),
    deleteSnapshot: (id) => deleteSnapshot(context, id),
    collect: (signal) => collectObjects(context, store, signal),
    reindex: (signal) => reindexSnapshots(context, signal),
    listIds: () => listSnapshotIds(context.places),
    describe: (id) => describeSnapshot(context, id),
    close: () => pool.close(),
  };
}
