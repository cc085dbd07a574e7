import { randomUUID } from "node:crypto";
import { mkdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { requireSpace } from "@/server/fs/free-space";
import { archiveLimits } from "../../../files/server/extract/extract-files";
import { resumableUploads } from "../../../files/server/upload/resumable-uploads";
import type { ImportSource } from "../../import-contract";
import type { ImportPlace } from "./inspect-folder";

/** The folder below which administrators may import. Reading the machine's own folders takes more than the right to have a server. */
export function requireImportRoot(ctx: Pick<Ctx, "actor" | "env">): string {
  requirePermission(ctx.actor, "servers.create");
  requirePermission(ctx.actor, "system.update_settings");
  const { IMPORT_ROOT } = ctx.env;
  if (IMPORT_ROOT !== null) return IMPORT_ROOT;
  throw new AppError("IMPORT_FOLDERS_OFF", "Folders of this machine can be imported where IMPORT_ROOT is set.");
}

/** Who is let in, and whether there is such a thing: before anything is begun. */
export async function requireSource(ctx: Ctx, source: ImportSource): Promise<void> {
  requirePermission(ctx.actor, "servers.create");
  if (source.kind === "folder") requireImportRoot(ctx);
  else await findUpload(ctx, source.uploadId);
}

/** Unpacks an archive into a place of its own for as long as `work` needs it; a folder stays where it is. */
export async function withSource<Result>(
  ctx: Ctx,
  source: ImportSource,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (bytes: number) => void },
  work: (place: ImportPlace) => Promise<Result>,
): Promise<Result> {
  if (source.kind === "folder") return work({ top: requireImportRoot(ctx), within: source.path });
  const archive = await findUpload(ctx, source.uploadId);
  const folder = ctx.dataDir.paths.extraction(randomUUID());
  await mkdir(folder, { mode: 0o700 });
  try {
    await requireSpace(folder, (await stat(archive)).size);
    const top = join(folder, "tree");
    await ctx.snapshots.engine.importArchive({
      archive,
      target: top,
      limits: archiveLimits(ctx),
      signal,
      onProgress: (done) => onProgress?.(done.bytes),
    });
    return await work({ top, within: "" });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Path of an archive that is there to its last byte. */
async function findUpload({ actor, dataDir }: Ctx, uploadId: string): Promise<string> {
  const uploads = resumableUploads(dataDir.paths.imports);
  const upload = await uploads.find(uploadId);
  if (actor.kind !== "system" && upload?.userId === actor.userId) {
    const path = uploads.partFile(uploadId);
    if ((await stat(path)).size === upload.size) return path;
  }
  throw new AppError("NOT_FOUND", "There is no such upload, or it is not whole.", { uploadId });
}

/** Once the server is there, its archive is needed no more. */
export async function forgetUpload({ dataDir, log }: Ctx, source: ImportSource): Promise<void> {
  if (source.kind !== "upload") return;
  await resumableUploads(dataDir.paths.imports)
    .remove(source.uploadId)
    .catch((error) => log.warn({ err: error }, "an imported archive could not be removed"));
}
