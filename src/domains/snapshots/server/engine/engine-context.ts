import { join } from "node:path";
import type { WorkerPool } from "./worker-pool";

/**
 * Told each rename, flush and removal right before it happens. For observers, such as tests that end the process there.
 * What it throws ends the operation.
 */
export type StepListener = (step: string) => void;

/** What all parts of the engine share. */
export interface EngineContext {
  readonly places: EnginePlaces;
  readonly pool: WorkerPool;
  readonly onStep: StepListener;
}

export interface EnginePlaces {
  /** `snapshots` of the data folder. */
  readonly root: string;
  readonly objects: string;
  /** Objects that are being written, a folder per running snapshot. */
  readonly staging: string;
  readonly caches: string;
  /** Swaps of folders that have begun. */
  readonly swaps: string;
  /** Snapshots on their way out. */
  readonly removed: string;
  snapshot(id: string): string;
  manifest(id: string): string;
}

export function enginePlaces(root: string): EnginePlaces {
  const snapshot = (id: string) => join(root, checkId(id));
  return {
    root,
    objects: join(root, "objects"),
    staging: join(root, ".staging"),
    caches: join(root, ".stat-cache"),
    swaps: join(root, ".swaps"),
    removed: join(root, ".removed"),
    snapshot,
    manifest: (id) => join(snapshot(id), "manifest.json"),
  };
}

/** Names beside the snapshots that are no snapshot's. */
const reserved = new Set(["objects", "mcsd"]);

export function isSnapshotId(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/.test(name) && !reserved.has(name);
}

function checkId(id: string): string {
  if (!isSnapshotId(id)) throw new Error(`Not a name for a snapshot: ${JSON.stringify(id)}`);
  return id;
}
