import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";

/** Bytes of an open file from `start`, at most `length`; fewer at its end. */
export async function readRange(file: FileHandle, start: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, start + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

/** What a file's content is known by. */
export function etagOf(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
