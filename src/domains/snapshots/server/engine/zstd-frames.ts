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

/** A frame as pieces to be written one after the other; content that cannot be compressed is passed on as it is. */
export async function compressToPieces(content: Buffer): Promise<Buffer[]> {
  return looksRandom(content) ? rawPieces(content) : [await compress(content)];
}

const sampleBytes = 1024;
const sampleEvery = 32 * 1024;
/** Of 8 bits per byte. Noise measures 7.99; most region files, whose sectors end in zeros, measure less than this. */
const noiseBits = 7.95;

/** Looks at samples from all over: their bytes together are spread as evenly as noise is. Never true of small contents. */
function looksRandom(content: Buffer): boolean {
  if (content.length < 16 * sampleEvery) return false;
  const counts = new Uint32Array(256);
  let total = 0;
  for (let start = 0; start + sampleBytes <= content.length; start += sampleEvery) {
    for (let at = start; at < start + sampleBytes; at++) {
      const byte = content[at] ?? 0;
      counts[byte] = (counts[byte] ?? 0) + 1;
    }
    total += sampleBytes;
  }
  let bits = 0;
  for (const count of counts) if (count > 0) bits -= (count / total) * Math.log2(count / total);
  return bits > noiseBits;
}

const rawBlockBytes = 128 * 1024;
/** Magic, a header without options, and a window that holds a block. */
const rawHeader = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58]);

/** A frame of raw blocks (RFC 8878, 3.1.1.2), as zstd itself would write for noise. */
function rawPieces(content: Buffer): Buffer[] {
  const pieces: Buffer[] = [rawHeader];
  for (let at = 0; at < content.length; at += rawBlockBytes) {
    const block = content.subarray(at, at + rawBlockBytes);
    const header = Buffer.alloc(3);
    header.writeUIntLE((block.length << 3) | (at + block.length === content.length ? 1 : 0), 0, 3);
    pieces.push(header, block);
  }
  return pieces;
}

/** What a frame of zeros alone looks like; holes of sparse files are full of them. */
let zeros: Promise<{ frame: Buffer; content: Buffer }> | null = null;
export function zeroFrame(): Promise<{ frame: Buffer; content: Buffer }> {
  zeros ??= (async () => {
    const content = Buffer.alloc(frameBytes);
    return { frame: await compress(content), content };
  })();
  return zeros;
}

/** Rejects unless the frame holds exactly `size` bytes; may use the frame's own memory for them, or shared zeros: not to be written to. zstd itself refuses frames that ask for more than 128 MB. */
export async function decompress(frame: Buffer, size: number): Promise<Buffer> {
  if (size === frameBytes && frame.length < 1000) {
    const zero = await zeroFrame();
    if (zero.frame.equals(frame)) return zero.content;
  }
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
