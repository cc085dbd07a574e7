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

/** Rejects unless the frame holds exactly `size` bytes. zstd itself refuses frames that ask for more than 128 MB. */
export async function decompress(frame: Buffer, size: number): Promise<Buffer> {
  const content = await decompressFrame(frame);
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
