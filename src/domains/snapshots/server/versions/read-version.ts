import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { findSnapshot, listVersionRows } from "../repository";
import type { SnapshotRow } from "../table";

/** Kept previous contents of a file, newest first. The actor's right to them has been checked. */
export function listVersionRowsOf({ db }: Pick<Ctx, "db">, serverId: string, path: string): Promise<SnapshotRow[]> {
  return listVersionRows(db, serverId, path);
}

/** One of them: SNAPSHOT_NOT_FOUND for whatever is none of this file. */
export async function findVersion(
  { db }: Pick<Ctx, "db">,
  { serverId, path, snapshotId }: { serverId: string; path: string; snapshotId: string },
): Promise<SnapshotRow> {
  const row = await findSnapshot(db, snapshotId);
  const isVersion = row?.serverId === serverId && row.type === "auto_save" && row.path === path;
  if (row && isVersion && row.status === "complete") return row;
  throw new AppError("SNAPSHOT_NOT_FOUND", "There is no such version of this file.", { snapshotId });
}

/** Every piece is compared with its checksum while it is read: SNAPSHOT_DAMAGED rather than something else. */
export async function readVersionBytes(
  { snapshots }: Pick<Ctx, "snapshots">,
  row: Pick<SnapshotRow, "id" | "path">,
  maxBytes: number,
): Promise<Buffer> {
  const { content } = await snapshots.engine.readFile({ id: row.id, path: row.path });
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of content) {
    length += part.length;
    if (length > maxBytes) throw new AppError("FILE_TOO_LARGE", "This version is too large to be read here.", {});
    parts.push(part);
  }
  return Buffer.concat(parts);
}
