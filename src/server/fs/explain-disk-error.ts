import { AppError } from "@/server/errors";
import { errorCode } from "./error-code";

/** A full disk in words; everything else as it is. */
export function explainDiskError(error: unknown): unknown {
  const code = errorCode(error);
  if (code !== "ENOSPC" && code !== "EDQUOT") return error;
  return new AppError("DISK_FULL", "The disk is full.", {}, { cause: error });
}
