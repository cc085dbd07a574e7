export type FoundFrame =
  /** The bytes do not reach to the end of its headers. */
  | { kind: "more" }
  /** It may hold more than was asked for, or is no frame. */
  | { kind: "large" }
  | { kind: "whole"; end: number }
  | { kind: "skippable"; end: number };

const magic = 0xfd2fb528;
const skippable = 0x184d2a50;
const more: FoundFrame = { kind: "more" };
const large: FoundFrame = { kind: "large" };
/** What a compressed block holds at most (RFC 8878, 3.1.1.2.4). */
const mostPerBlock = 128 * 1024;
/** So that blocks without content cannot be endless. */
const mostBlocks = 2000;

/**
 * Where the frame at the beginning of the bytes ends, if it holds `most` bytes or less: as it says itself, or, as most do not (what was piped
 * through zstd, what its libraries stream), as follows from its blocks (RFC 8878, 3.1.1). `end` may lie behind the bytes.
 */
export function nextFrame(bytes: Buffer, most: number): FoundFrame {
  if (bytes.length < 8) return more;
  const start = bytes.readUInt32LE(0);
  if ((start & 0xfffffff0) >>> 0 === skippable) return { kind: "skippable", end: 8 + bytes.readUInt32LE(4) };
  if (start !== magic) return large;
  const descriptor = bytes[4] ?? 0;
  const isSingle = (descriptor & 0x20) !== 0;
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][descriptor >>> 6] ?? 0;
  const sizeAt = 5 + (isSingle ? 0 : 1) + ([0, 1, 2, 4][descriptor & 3] ?? 0);
  let at = sizeAt + sizeBytes;
  if (bytes.length < at) return more;
  if (readSize(bytes, sizeAt, sizeBytes) > most) return large;
  let held = 0;
  for (let [isLast, blocks] = [false, 0]; !isLast; blocks++) {
    if (held > most || blocks > mostBlocks) return large;
    if (bytes.length < at + 3) return more;
    const header = bytes.readUIntLE(at, 3);
    const [kind, size] = [(header >>> 1) & 3, header >>> 3];
    isLast = (header & 1) === 1;
    // A block that repeats one byte has that one alone.
    at += 3 + (kind === 1 ? 1 : size);
    held += kind === 2 ? mostPerBlock : size;
  }
  return held > most ? large : { kind: "whole", end: at + ((descriptor & 4) !== 0 ? 4 : 0) };
}

/** 0 when it does not say. */
function readSize(bytes: Buffer, at: number, length: number): number {
  if (length === 0) return 0;
  if (length === 8) return Number(bytes.readBigUInt64LE(at));
  const value = bytes.readUIntLE(at, length);
  return length === 2 ? value + 256 : value;
}
