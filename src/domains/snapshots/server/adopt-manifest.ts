import type { Database } from "@/server/db/connect";
import type { Logger } from "@/server/logger";
import { snapshotMetadataSchema } from "../contract";
import type { FoundSnapshot } from "./engine/describe-snapshot";
import type { SnapshotEngine } from "./engine/snapshot-engine";
import { insertKnownSnapshot } from "./repository";
import { fromIdentifier } from "./snapshot-identifier";

type Whole = Extract<FoundSnapshot, { isDamaged: false }>;

/** What a manifest says about its own row. */
export function valuesOf({ info, totals, checksum }: Whole) {
  return {
    status: "complete" as const,
    size: totals.bytes,
    fileCount: totals.files,
    checksum,
    metadata: snapshotMetadataSchema.catch({}).parse(info.metadata),
  };
}

interface Ports {
  db: Database;
  log: Logger;
  engine: Pick<SnapshotEngine, "describe">;
}

/** Makes the row of a snapshot anew from its manifest. */
export async function adoptManifest(
  { db, log, engine }: Ports,
  id: string,
): Promise<"adopted" | "known" | "unreadable"> {
  const found = await engine.describe(id);
  const of = found && !found.isDamaged ? fromIdentifier(found.info.identifier, found.info.resourceType) : null;
  if (!found || found.isDamaged || !of) {
    if (found) log.error({ snapshotId: id }, "the manifest of this snapshot cannot be read");
    return found ? "unreadable" : "known";
  }
  const { info } = found;
  const { ownerId, createdById, isPinned } = info.metadata;
  const isNew = await db.transaction((tx) =>
    insertKnownSnapshot(tx, {
      id,
      ...of,
      ...valuesOf(found),
      ownerId: uuidOrNull(ownerId),
      createdById: uuidOrNull(createdById),
      resource: info.resourceType,
      version: info.version,
      type: info.type,
      note: info.note ?? "",
      isPinned: isPinned === true,
      createdBy: info.createdBy ?? "",
      createdAt: new Date(info.createdAt),
    }),
  );
  return isNew ? "adopted" : "known";
}

function uuidOrNull(value: unknown): string | null {
  return typeof value === "string" && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value) ? value : null;
}
