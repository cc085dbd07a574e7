import type { EngineContext } from "./engine-context";
import type { ObjectStore } from "./object-store";
import { beginSnapshot, type CaptureReport, type SnapshotRequest, type SnapshotResult } from "./snapshot-run";

export interface CreateSnapshotRequest extends SnapshotRequest {
  /**
   * Wraps the pass that decides what the snapshot holds, for a folder that something writes to: stop the writing, await
   * `capture`, and let it go on in every outcome. With it most data is read before, while the writing goes on.
   */
  whileStill?(capture: () => Promise<CaptureReport>): Promise<void>;
}

/**
 * Takes a whole snapshot. Rejects with DISK_FULL, SNAPSHOT_EXISTS or the signal's reason, and then leaves nothing behind
 * but contents that the next collection removes. See `SnapshotRun` for what it promises.
 */
export async function createSnapshot(
  context: EngineContext,
  store: ObjectStore,
  { whileStill, ...request }: CreateSnapshotRequest,
): Promise<SnapshotResult> {
  const run = await beginSnapshot(context, store, request);
  try {
    if (whileStill) {
      await run.prepare();
      await whileStill(() => run.capture());
    } else await run.capture();
    return await run.commit();
  } finally {
    await run.close();
  }
}
