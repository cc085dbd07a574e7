import type { PackedContent } from "./worker/worker-jobs";

/**
 * A pack is one object with many small contents, one after the other, and then one line of JSON that lists them. The line
 * has a frame of its own at the end, so that it is read without the rest; `zstd -dc … | tail -n 1` shows it.
 */
export function encodePackList(contents: readonly PackedContent[]): Buffer {
  return Buffer.from(`\n${JSON.stringify({ contents })}\n`);
}

/** Null when it is not such a line. */
export function decodePackList(frame: Buffer): PackedContent[] | null {
  const parsed: unknown = JSON.parse(frame.toString("utf8"));
  if (typeof parsed !== "object" || parsed === null || !("contents" in parsed)) return null;
  const { contents } = parsed;
  return Array.isArray(contents) && contents.every(isPackedContent) ? contents : null;
}

function isPackedContent(item: unknown): item is PackedContent {
  if (!Array.isArray(item) || item.length !== 3) return false;
  const [hash, offset, size]: unknown[] = item;
  return typeof hash === "string" && /^[0-9a-f]{64}$/.test(hash) && isCount(offset) && isCount(size);
}

function isCount(value: unknown): boolean {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
