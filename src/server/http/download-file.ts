import { createHash } from "node:crypto";
import { open, rm } from "node:fs/promises";
import { AppError } from "@/server/errors";
import type { OutboundClient } from "./guarded-fetch";

export interface FileRequest {
  /** Absolute path that must not exist yet. */
  target: string;
  /** The exact size; null where nobody tells it beforehand. */
  sizeBytes: number | null;
  /** The most that is taken where the size is not known. */
  maxBytes: number;
  /** Null where there is none: whoever asks must look at the file itself. */
  checksum: { algorithm: "sha1" | "sha256" | "md5"; value: string } | null;
  allowedHosts?: readonly string[];
  signal?: AbortSignal;
  onProgress?: (bytes: number, total: number | null) => void;
  /** Time in ms for the whole file. Default 30 minutes. */
  totalMs?: number;
}

/**
 * Streams a URL into a new file of mode 0600, flushes it to disk and returns its checksum, which is SHA-256 where none was given. Throws
 * CHECKSUM_MISMATCH when size or checksum differ, DISK_FULL, what the client throws, or the signal's reason; then no file is left.
 */
export async function downloadFile(client: OutboundClient, url: string | URL, request: FileRequest): Promise<string> {
  const { target, sizeBytes, checksum, allowedHosts, signal, onProgress, totalMs = 1_800_000 } = request;
  const asMismatch = (thrown: unknown) => (sizeBytes !== null && isTooLarge(thrown) ? mismatch("size") : thrown);
  // One byte more than announced is enough to know that it is the wrong file.
  const maxBytes = sizeBytes === null ? request.maxBytes : sizeBytes + 1;
  const reply = await client.get(url, { allowedHosts, maxBytes, totalMs, signal }).catch((thrown) => {
    throw asMismatch(thrown);
  });
  const announced = Number(reply.header("content-length") ?? Number.NaN);
  const total = sizeBytes ?? (Number.isSafeInteger(announced) && announced > 0 ? announced : null);
  const hash = createHash(checksum?.algorithm ?? "sha256");
  const file = await open(target, "wx", 0o600).catch((cause) => {
    reply.discard();
    throw asDiskFull(cause);
  });
  let received = 0;
  try {
    onProgress?.(0, total);
    for await (const chunk of reply.body) {
      received += chunk.length;
      if (sizeBytes !== null && received > sizeBytes) throw mismatch("size");
      hash.update(chunk);
      await file.writeFile(chunk);
      onProgress?.(received, total);
    }
    if (sizeBytes !== null && received !== sizeBytes) throw mismatch("size");
    const digest = hash.digest("hex");
    if (checksum && digest !== checksum.value.toLowerCase()) throw mismatch("checksum");
    await file.sync();
    await file.close();
    return digest;
  } catch (thrown) {
    await file.close().catch(() => {});
    await rm(target, { force: true });
    throw asDiskFull(asMismatch(thrown));
  }
}

function mismatch(part: "size" | "checksum"): AppError {
  return new AppError("CHECKSUM_MISMATCH", `The downloaded file has another ${part} than announced.`, { reason: part });
}

function isTooLarge(thrown: unknown): boolean {
  return (thrown as { details?: { reason?: unknown } }).details?.reason === "too_large";
}

function asDiskFull(thrown: unknown): unknown {
  const code = (thrown as { code?: unknown }).code;
  if (code !== "ENOSPC" && code !== "EDQUOT") return thrown;
  return new AppError("DISK_FULL", "The disk is full.", {}, { cause: thrown });
}
