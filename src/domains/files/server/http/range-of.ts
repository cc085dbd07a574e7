import type { IncomingHttpHeaders } from "node:http";

export interface ByteRange {
  start: number;
  /** Exclusive. */
  end: number;
}

/**
 * What a request wants of a file of `size` bytes (RFC 9110, 14): null for all of it, also when several ranges are asked for or the
 * file is not the one any more that `If-Range` means.
 */
export function rangeOf(
  headers: IncomingHttpHeaders,
  { size, tag }: { size: number; tag: string },
): ByteRange | "outside" | null {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(headers.range?.trim() ?? "") ?? [];
  if (first === "" && last === "") return null;
  const condition = headers["if-range"];
  if (condition !== undefined && condition !== tag) return null;
  if (first === "") {
    const length = Math.min(size, Number(last));
    return length === 0 ? "outside" : { start: size - length, end: size };
  }
  const start = Number(first);
  const end = last === "" ? size : Math.min(size, Number(last) + 1);
  if (last !== "" && Number(last) < start) return null;
  return start >= size ? "outside" : { start, end };
}
