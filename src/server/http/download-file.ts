import { createHash } from "node:crypto";
import { open, rm } from "node:fs/promises";
import { AppError } from "@/server/errors";
import type { OutboundClient } from "./guarded-fetch";

export interface FileRequest {
  /** Absolute path that must not exist yet. */
  target: string;
  /** The exact size. */
  sizeBytes: number;
  checksum: { algorithm: "sha1" | "sha256"; value: string };
  allowedHosts?: readonly string[];
  signal?: AbortSignal;
  onProgress?: (bytes: number, total: number) => void;
  /** Time in ms for the whole file. Default 30 minutes. */
  totalMs?: number;
}

/**
 * Streams a URL into a new file of mode 0600 and flushes it to disk. Throws CHECKSUM_MISMATCH when size or checksum differ,
 * DISK_FULL, what the client throws, or the signal's reason; then no file is left.
 */
export async function downloadFile(client: OutboundClient, url: string | URL, request: FileRequest): Promise<void> {
  const { target, sizeBytes, checksum, allowedHosts, signal, onProgress, totalMs = 1_800_000 } = request;
  // One byte more than announced is enough to know that it is the wrong file.
  const reply = await client.get(url, { allowedHosts, maxBytes: sizeBytes + 1, totalMs, signal }).catch(asWrongSize);
  const hash = createHash(checksum.algorithm);
  const file = await open(target, "wx", 0o600).catch((cause) => {
    reply.discard();
    throw asDiskFull(cause);
  });
  let received = 0;
  try {
    onProgress?.(0, sizeBytes);
    for await (const chunk of reply.body) {
      received += chunk.length;
      if (received > sizeBytes) throw mismatch("size");
      hash.update(chunk);
      await file.writeFile(chunk);
      onProgress?.(received, sizeBytes);
    }
    if (received !== sizeBytes) throw mismatch("size");
    if (hash.digest("hex") !== checksum.value.toLowerCase()) throw mismatch("checksum");
    await file.sync();
    await file.close();
  } catch (thrown) {
    await file.close().catch(() => {});
    await rm(target, { force: true });
    throw asDiskFull(asMismatch(thrown));
  }
}

function mismatch(part: "size" | "checksum"): AppError {
  return new AppError("CHECKSUM_MISMATCH", `The downloaded file has another ${part} than announced.`, { reason: part });
}

function asMismatch(thrown: unknown): unknown {
  return (thrown as { details?: { reason?: unknown } }).details?.reason === "too_large" ? mismatch("size") : thrown;
}

function asWrongSize(thrown: unknown): never {
  throw asMismatch(thrown);
}

function asDiskFull(thrown: unknown): unknown {
  const code = (thrown as { code?: unknown }).code;
  if (code !== "ENOSPC" && code !== "EDQUOT") return thrown;
  return new AppError("DISK_FULL", "The disk is full.", {}, { cause: thrown });
}
