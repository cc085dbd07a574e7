import type { Services } from "@/server/context";
import { snapshotMetadataSchema } from "../contract";
import type { FoundSnapshot } from "./engine/describe-snapshot";
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

/** Makes the row of a snapshot anew from its manifest. False when it has one already, or there is nothing to be made of it. */
export async function adoptManifest(
  { db, snapshots, log }: Pick<Services, "db" | "snapshots" | "log">,
  id: string,
): Promise<boolean> {
  const found = await snapshots.engine.describe(id);
  const of = found && !found.isDamaged ? fromIdentifier(found.info.identifier, found.info.resourceType) : null;
  if (!found || found.isDamaged || !of) {
    if (found) log.error({ snapshotId: id }, "the manifest of this snapshot cannot be read");
    return false;
  }
  const { info } = found;
  const { ownerId, createdById, isPinned } = info.metadata;
  return db.transaction((tx) =>
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
}

function uuidOrNull(value: unknown): string | null {
  return typeof value === "string" && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value) ? value : null;
}
