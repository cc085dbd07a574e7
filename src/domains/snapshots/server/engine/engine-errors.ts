import { AppError } from "@/server/errors";

export function snapshotDamaged(message: string, details: Record<string, unknown> = {}): AppError {
  return new AppError("SNAPSHOT_DAMAGED", message, details);
}

export function snapshotNotFound(id: string): AppError {
  return new AppError("SNAPSHOT_NOT_FOUND", "There is no such snapshot.", { snapshotId: id });
}
