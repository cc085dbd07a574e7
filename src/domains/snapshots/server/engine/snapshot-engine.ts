import { createSnapshot } from "./create-snapshot";
import { type EngineContext, enginePlaces, type StepListener } from "./engine-context";
import { createLocalObjectStore } from "./local-object-store";
import { restoreSnapshot } from "./restore-snapshot";
import { beginSnapshot } from "./snapshot-run";
import { startWorkerPool } from "./worker-pool";

export interface SnapshotEngineOptions {
  /** Absolute path of the folder of snapshots. One process at a time may use it. */
  root: string;
  /** The bundled `worker/snapshot-worker.ts`. */
  workerFile: string | URL;
  onStep?: StepListener;
}

export function createSnapshotEngine({ root, workerFile, onStep = () => {} }: SnapshotEngineOptions) {
  const pool = startWorkerPool(workerFile);
  const context: EngineContext = { places: enginePlaces(root), pool, onStep };
  const store = createLocalObjectStore(context);
  return {
    beginSnapshot: (request: Parameters<typeof beginSnapshot>[2]) => beginSnapshot(context, store, request),
    createSnapshot: (request: Parameters<typeof createSnapshot>[2]) => createSnapshot(context, store, request),
    restoreSnapshot: (request: Parameters<typeof restoreSnapshot>[2]) => restoreSnapshot(context, store, request),
    close: () => pool.close(),
  };
}
