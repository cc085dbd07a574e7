export type FoundFrame =
  /** The bytes do not reach to the end of its headers. */
  | { kind: "more" }
  /** It does not say what it holds, or is no frame. */
  | { kind: "unsized" }
  | { kind: "sized"; size: number; end: number }
  | { kind: "skippable"; end: number };

const magic = 0xfd2fb528;
const skippable = 0x184d2a50;
const more: FoundFrame = { kind: "more" };

/** Where the frame at the beginning of the bytes ends, and how much it says it holds (RFC 8878, 3.1.1). `end` may lie behind the bytes. */
export function nextFrame(bytes: Buffer): FoundFrame {
  if (bytes.length < 8) return more;
  const start = bytes.readUInt32LE(0);
  if ((start & 0xfffffff0) >>> 0 === skippable) return { kind: "skippable", end: 8 + bytes.readUInt32LE(4) };
  if (start !== magic) return { kind: "unsized" };
  const descriptor = bytes[4] ?? 0;
  const isSingle = (descriptor & 0x20) !== 0;
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][descriptor >>> 6] ?? 0;
  if (sizeBytes === 0) return { kind: "unsized" };
  const sizeAt = 5 + (isSingle ? 0 : 1) + ([0, 1, 2, 4][descriptor & 3] ?? 0);
  let at = sizeAt + sizeBytes;
  if (bytes.length < at) return more;
  const size = readSize(bytes, sizeAt, sizeBytes);
  for (let isLast = false; !isLast; ) {
    if (bytes.length < at + 3) return more;
    const header = bytes.readUIntLE(at, 3);
    isLast = (header & 1) === 1;
    // A block that repeats one byte has that one alone.
    at += 3 + (((header >>> 1) & 3) === 1 ? 1 : header >>> 3);
  }
  return { kind: "sized", size, end: at + ((descriptor & 4) !== 0 ? 4 : 0) };
}

function readSize(bytes: Buffer, at: number, length: number): number {
  if (length === 8) return Number(bytes.readBigUInt64LE(at));
  const value = bytes.readUIntLE(at, length);
  return length === 2 ? value + 256 : value;
}
