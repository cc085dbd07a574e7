import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { requireSpace } from "@/server/fs/free-space";
import type { ServerRecord } from "../../servers/server/repository";
import { isArchiveName, isUploadType } from "../upload-types";

const mb = 1024 * 1024;

/** The most bytes that a file of this name may have. Throws FILE_TYPE_REFUSED for what may not be uploaded at all. */
export function uploadLimit(
  ctx: Pick<Ctx, "env" | "settings">,
  record: Pick<ServerRecord, "type">,
  path: string,
): number {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const { uploadTypes } = ctx.settings.current();
  if (path === "server.jar" && record.type !== "custom")
    throw new AppError(
      "FILE_TYPE_REFUSED",
      "mcsd brings the jar of this server itself; only a custom server takes one.",
      {
        path,
      },
    );
  if (!isUploadType(name, uploadTypes))
    throw new AppError(
      "FILE_TYPE_REFUSED",
      `Files of this type are not taken. An administrator can allow more types.`,
      {
        path,
        allowed: uploadTypes,
      },
    );
  const { MAX_UPLOAD_SIZE_MB, ARCHIVE_MAX_SIZE_MB } = ctx.env;
  return (isArchiveName(name) ? Math.max(MAX_UPLOAD_SIZE_MB, ARCHIVE_MAX_SIZE_MB) : MAX_UPLOAD_SIZE_MB) * mb;
}

/** Throws FILE_TOO_LARGE with the limit. */
export function requireUploadSize(bytes: number, limit: number): void {
  if (bytes <= limit) return;
  const limitMb = limit / mb;
  throw new AppError("FILE_TOO_LARGE", `The file is larger than the ${limitMb} MB that are allowed.`, { limitMb });
}

/** Throws DISK_FULL when it would not fit. */
export async function requireUploadRoom({ dataDir }: Pick<Ctx, "dataDir">, bytes: number): Promise<void> {
  await requireSpace(dataDir.paths.uploads, bytes);
}

/** Jars that a server starts from, and archives, count as uploads; other files as calls like any other. */
export async function countUpload(ctx: Pick<Ctx, "limits" | "actor">, path: string): Promise<void> {
  if (path !== "server.jar" && !isArchiveName(path)) return;
  const limited = await ctx.limits.consumeUpload(ctx.actor);
  if (limited)
    throw new AppError("RATE_LIMITED", `Too many uploads. Try again in ${limited.retryAfterSeconds} s.`, limited);
}
