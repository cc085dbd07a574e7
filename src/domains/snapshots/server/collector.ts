import type { Logger } from "@/server/logger";
import type { SnapshotEngine } from "./engine/snapshot-engine";

/** Frees the space of contents that no snapshot has any more. */
export interface Collector {
  /** Soon, in the background. Asked for while it runs, it runs once more. */
  request(): void;
  /** Resolves when nothing is left to do. */
  settled(): Promise<void>;
}

export function createCollector(deps: {
  engine: Pick<SnapshotEngine, "collect">;
  log: Logger;
  shutdown: AbortSignal;
}): Collector {
  let running: Promise<void> | null = null;
  let isWanted = false;
  const work = async () => {
    while (isWanted && !deps.shutdown.aborted) {
      isWanted = false;
      try {
        const { removedObjects, freedBytes, blockedBy } = await deps.engine.collect(deps.shutdown);
        if (blockedBy.length > 0)
          deps.log.error(
            { snapshots: blockedBy },
            "space is not freed while the manifests of these snapshots cannot be read",
          );
        else if (removedObjects > 0)
          deps.log.info({ removedObjects, freedBytes }, "contents of no snapshot were removed");
      } catch (error) {
        if (!deps.shutdown.aborted) deps.log.error({ err: error }, "the space of removed snapshots was not freed");
      }
    }
    running = null;
  };
  return {
    request() {
      isWanted = true;
      running ??= work();
    },
    settled: async () => {
      while (running) await running;
    },
  };
}
