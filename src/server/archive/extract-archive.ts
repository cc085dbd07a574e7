import { mkdir, open, rm } from "node:fs/promises";
import { AppError } from "@/server/errors";
import { explainDiskError } from "@/server/fs/explain-disk-error";
import type { ArchiveFormat } from "./archive-format";
import type { ArchiveLimits } from "./archive-limits";
import { runExtractor } from "./run-extractor";

export interface ImportRequest {
  /** An uploaded file, in a folder of ours. */
  archive: string;
  /** Absolute, must not exist; its parent must. */
  target: string;
  limits: ArchiveLimits;
  timeoutMs?: number;
  signal?: AbortSignal;
}

export interface ImportResult {
  format: ArchiveFormat;
  files: number;
  folders: number;
  bytes: number;
}

const defaultTimeoutMs = 10 * 60_000;

/**
 * Extracts an archive that someone has sent (.tar, .tar.gz, .tar.zst or .zip, known by its first bytes) into a new folder.
 * One entry that is not allowed, or one limit that is passed, refuses the whole with ARCHIVE_REFUSED; then, as after any
 * failure, the target does not exist.
 */
export async function importArchive(extractorFile: string | URL, request: ImportRequest): Promise<ImportResult> {
  const { archive, target, limits, signal, timeoutMs = defaultTimeoutMs } = request;
  const file = await open(archive, "r");
  try {
    await mkdir(target, { mode: 0o700 }).catch((error) => Promise.reject(explainDiskError(error)));
    try {
      const reply = await runExtractor({
        extractorFile,
        archiveFd: file.fd,
        folder: target,
        limits,
        timeoutMs,
        signal,
      });
      if (reply.kind === "failed")
        throw new AppError("DISK_FULL", "There is not enough space on the disk.", { code: reply.code });
      if (reply.kind === "refused")
        throw new AppError("ARCHIVE_REFUSED", `The archive was refused: ${reply.reason}.`, { reason: reply.reason });
      const { format, files, folders, bytes } = reply;
      return { format, files, folders, bytes };
    } catch (error) {
      await rm(target, { recursive: true, force: true });
      throw error;
    }
  } finally {
    await file.close();
  }
}
