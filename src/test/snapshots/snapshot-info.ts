import type { SnapshotInfo } from "@/domains/snapshots/server/engine/manifest";

export const snapshotInfo = (id: string, more: Partial<SnapshotInfo> = {}): SnapshotInfo => ({
  id,
  resourceType: "world",
  identifier: "server-1/world",
  version: 1,
  type: "manual",
  note: null,
  createdBy: "ann",
  createdAt: "2026-11-28T12:00:00.000Z",
  metadata: {},
  ...more,
});
