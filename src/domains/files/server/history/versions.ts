import type { z } from "zod";
import { hideSecrets } from "@/lib/hide-secrets";
import type { Ctx } from "@/server/context";
import { withDiskRoom } from "../../../servers/server/owner-limits";
import { findVersion, listVersionRowsOf, readVersionBytes } from "../../../snapshots/server/versions/read-version";
import {
  type FileEntry,
  type FileVersion,
  maxTextBytes,
  type versionInputSchema,
  versionReasons,
} from "../../contract";
import { reachFiles } from "../reach-files";
import { etagOf } from "../read-bytes";
import { decodeText, detectEncoding } from "../text-encoding";
import { putBytes } from "../write-file";
import { maxVersionBytes } from "./keep-previous";

type Input = z.output<typeof versionInputSchema>;

/** Previous contents of a file, newest first. */
export async function listVersions(ctx: Ctx, { serverId, path }: Omit<Input, "snapshotId">): Promise<FileVersion[]> {
  const { record } = await reachFiles(ctx, serverId, "files.view");
  const rows = await listVersionRowsOf(ctx, record.id, path);
  return rows.map(({ id, version, size, createdAt, createdBy, metadata }) => ({
    snapshotId: id,
    version,
    size,
    createdAt,
    createdBy,
    reason: versionReasons.find((reason) => reason === metadata.reason) ?? "save",
  }));
}

/** The text of a previous content; null when it is none, or too long to be shown. */
export async function readVersion(
  ctx: Ctx,
  input: Input,
): Promise<{ content: string | null; size: number; isText: boolean }> {
  const { record } = await reachFiles(ctx, input.serverId, "files.view");
  const row = await findVersion(ctx, { ...input, serverId: record.id });
  if (row.size > maxTextBytes) return { content: null, size: row.size, isText: false };
  const bytes = await readVersionBytes(ctx, row, maxVersionBytes);
  const encoding = detectEncoding(bytes, { isPart: false });
  const content = encoding && hideSecrets(row.path, decodeText(bytes, encoding));
  return { content, size: row.size, isText: encoding !== null };
}

/** Makes a previous content the present one; what is there now becomes a previous one itself, so that this can be taken back too. */
export async function rollBack(ctx: Ctx, input: Input): Promise<{ etag: string; entry: FileEntry }> {
  const place = await reachFiles(ctx, input.serverId, "files.edit");
  const row = await findVersion(ctx, { ...input, serverId: place.record.id });
  const release = ctx.snapshots.uses.hold(row.id);
  try {
    const bytes = await readVersionBytes(ctx, row, maxVersionBytes);
    const entry = await withDiskRoom(ctx, { ownerId: place.record.ownerId, bytes: bytes.length }, () =>
      putBytes(ctx, {
        place,
        path: row.path,
        bytes,
        reason: "rollback",
        action: "files.rollback",
        details: { snapshotId: row.id, version: row.version },
      }),
    );
    return { etag: etagOf(bytes), entry };
  } finally {
    release();
  }
}
