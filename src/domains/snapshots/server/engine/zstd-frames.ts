import { compress as compressFrame, decompress as decompressFrame } from "@mongodb-js/zstd";

/** Contents are cut into frames of this many bytes, each compressed alone: cores share them, and ranges can be read. */
export const frameBytes = 2 * 1024 * 1024;
/** Fast, and on region files (already compressed) as small as any other. */
const level = 1;

/** Of the seekable format of zstd's own repository (contrib/seekable_format): a last, skippable frame lists the others. */
const skippableMagic = 0x184d2a5e;
const seekableMagic = 0x8f92eab1;
export const footerBytes = 9;

export interface Frame {
  /** Place and length in the stored object. */
  at: number;
  stored: number;
  /** Length of its content. */
  size: number;
}

export function compress(content: Buffer): Promise<Buffer> {
  return compressFrame(content, level);
}

/** Rejects unless the frame holds exactly `size` bytes; may use the frame's own memory for them. zstd itself refuses frames that ask for more than 128 MB. */
export async function decompress(frame: Buffer, size: number): Promise<Buffer> {
  const content = unwrapRaw(frame) ?? (await decompressFrame(frame));
  if (content.length !== size) throw new Error("a compressed frame does not hold what it should");
  return content;
}

/** The list of frames as a skippable frame, which every zstd decoder passes over. */
export function encodeSeekTable(frames: readonly Frame[]): Buffer {
  const body = frames.length * 8 + footerBytes;
  const table = Buffer.alloc(8 + body);
  table.writeUInt32LE(skippableMagic, 0);
  table.writeUInt32LE(body, 4);
  frames.forEach(({ stored, size }, index) => {
    table.writeUInt32LE(stored, 8 + index * 8);
    table.writeUInt32LE(size, 12 + index * 8);
  });
  table.writeUInt32LE(frames.length, table.length - footerBytes);
  table.writeUInt32LE(seekableMagic, table.length - 4);
  return table;
}

/** Length of the table of `count` frames. */
export function seekTableBytes(count: number): number {
  return 8 + count * 8 + footerBytes;
}

/** How many frames a table ends with, read from the object's last nine bytes; null when they are no footer. */
export function seekTableCount(footer: Buffer): number | null {
  if (footer.length !== footerBytes || footer.readUInt32LE(5) !== seekableMagic || footer[4] !== 0) return null;
  return footer.readUInt32LE(0);
}

/** Throws when the table contradicts the object's length. */
export function decodeSeekTable(table: Buffer, objectBytes: number): Frame[] {
  const count = (table.length - 8 - footerBytes) / 8;
  if (table.readUInt32LE(0) !== skippableMagic || table.readUInt32LE(4) !== table.length - 8)
    throw new Error("The list of frames is damaged.");
  let at = 0;
  const frames = Array.from({ length: count }, (_, index) => {
    const frame = { at, stored: table.readUInt32LE(8 + index * 8), size: table.readUInt32LE(12 + index * 8) };
    at += frame.stored;
    return frame;
  });
  if (at + table.length !== objectBytes || frames.some(({ size }) => size > frameBytes))
    throw new Error("The list of frames is damaged.");
  return frames;
}

/**
 * The content of a frame of raw blocks alone (RFC 8878, 3.1.1), which is what zstd makes of data that cannot be compressed,
 * such as most of a region file: moved together in place, without a thread's detour and fresh memory. Null for any other.
 */
function unwrapRaw(frame: Buffer): Buffer | null {
  if (frame.length < 9 || frame.readUInt32LE(0) !== 0xfd2fb528) return null;
  const descriptor = frame[4] ?? 0;
  // Only the plainest header: a window, no content size, no checksum, no dictionary.
  if (descriptor !== 0) return null;
  const blocks: { at: number; length: number }[] = [];
  for (let at = 6, isLast = false; !isLast; ) {
    if (at + 3 > frame.length) return null;
    const header = frame.readUIntLE(at, 3);
    const length = header >>> 3;
    if ((header & 0b110) !== 0 || at + 3 + length > frame.length) return null;
    blocks.push({ at: at + 3, length });
    isLast = (header & 1) === 1;
    at += 3 + length;
    if (isLast && at !== frame.length) return null;
  }
  let size = 0;
  for (const { at, length } of blocks) {
    frame.copyWithin(size, at, at + length);
    size += length;
  }
  return frame.subarray(0, size);
}
