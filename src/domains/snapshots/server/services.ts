import type { Collector } from "./collector";
import type { SnapshotEngine } from "./engine/snapshot-engine";
import type { SavingGuard } from "./quiesce/saving-guard";
import type { SnapshotUses } from "./snapshot-uses";

/** What the verbs of snapshots share. Only container.ts builds it. */
export interface SnapshotServices {
  readonly engine: SnapshotEngine;
  readonly saving: SavingGuard;
  readonly uses: SnapshotUses;
  readonly collector: Collector;
}
