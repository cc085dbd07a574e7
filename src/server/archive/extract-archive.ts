import { chown, type FileHandle, mkdir, open, rm } from "node:fs/promises";
import { type ArchiveRule, archiveRules } from "@/lib/archive-rules";
import { AppError } from "@/server/errors";
import { explainDiskError } from "@/server/fs/explain-disk-error";
import type { ArchiveFormat } from "./archive-format";
import type { ArchiveLimits } from "./archive-limits";
import { extractorUid } from "./extractor-uid";
import { runExtractor } from "./run-extractor";

export interface ExtractRequest {
  /** A file in a folder of ours, or one that is open for reading; that one stays open. */
  archive: string | FileHandle;
  /** Absolute, must not exist; its parent must. */
  target: string;
  limits: ArchiveLimits;
  timeoutMs?: number;
  signal?: AbortSignal;
  onProgress?(done: { bytes: number; entries: number }): void;
}

export interface ExtractResult {
  format: ArchiveFormat;
  files: number;
  folders: number;
  bytes: number;
}

const defaultTimeoutMs = 10 * 60_000;

/**
 * Extracts an archive that someone has sent (.tar, .tar.gz, .tar.zst or .zip, known by its first bytes) into a new folder, by a process
 * with hardly any rights, to whose user the result belongs (as root). One entry that is not allowed, or one limit that is passed, refuses
 * the whole with ARCHIVE_REFUSED and `{ rule, entry }`; then, as after any failure, the target does not exist.
 */
export async function extractArchive(extractorFile: string | URL, request: ExtractRequest): Promise<ExtractResult> {
  const { archive, target } = request;
  const file = typeof archive === "string" ? await open(archive, "r") : archive;
  try {
    await mkdir(target, { mode: 0o700 }).catch((error) => Promise.reject(explainDiskError(error)));
    try {
      return await extractInto(extractorFile, { ...request, archiveFd: file.fd });
    } catch (error) {
      await rm(target, { recursive: true, force: true });
      throw error;
    }
  } finally {
    if (file !== archive) await file.close();
  }
}

async function extractInto(
  extractorFile: string | URL,
  { target, timeoutMs = defaultTimeoutMs, ...request }: ExtractRequest & { archiveFd: number },
): Promise<ExtractResult> {
  const uid = process.getuid?.() === 0 ? extractorUid : null;
  if (uid !== null) await chown(target, uid, uid);
  const outcome = await runExtractor({ ...request, extractorFile, folder: target, timeoutMs, uid });
  if (outcome.kind === "failed") throw explainDiskError(outcome);
  if (outcome.kind === "refused") throw archiveRefused(outcome.rule, outcome.entry);
  const { format, files, folders, bytes } = outcome;
  return { format, files, folders, bytes };
}

export function archiveRefused(rule: ArchiveRule, entry?: string): AppError {
  const message = `The archive was refused: ${archiveRules[rule]}${entry === undefined ? "" : ` (${entry})`}.`;
  return new AppError("ARCHIVE_REFUSED", message, entry === undefined ? { rule } : { rule, entry });
}
