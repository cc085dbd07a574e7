import { AppError } from "@/server/errors";
import { errorCode } from "@/server/fs/error-code";

export function snapshotDamaged(message: string, details: Record<string, unknown> = {}): AppError {
  return new AppError("SNAPSHOT_DAMAGED", message, details);
}

export function snapshotNotFound(id: string): AppError {
  return new AppError("SNAPSHOT_NOT_FOUND", "There is no such snapshot.", { snapshotId: id });
}

export function diskFull(details: Record<string, unknown> = {}, cause?: unknown): AppError {
  return new AppError("DISK_FULL", "There is not enough space on the disk.", details, { cause });
}

/** ENOSPC and EDQUOT become DISK_FULL; everything else stays as it is. */
export function explainDiskError(thrown: unknown): unknown {
  const code = errorCode(thrown);
  return code === "ENOSPC" || code === "EDQUOT" ? diskFull({}, thrown) : thrown;
}
