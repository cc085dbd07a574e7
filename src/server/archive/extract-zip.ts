import { fstatSync, readSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import zlib, { inflateRawSync } from "node:zlib";
import type { Entry, FileEntry, ZipReader } from "@zip.js/zip.js";
import type { ArchiveRule } from "@/lib/archive-rules";
import { ArchiveRefusal, refusal, refuse } from "./archive-limits";
import type { Extract, TreeWriter } from "./extract-tree";

/** Kinds of file in the upper half of a ZIP's Unix attributes. */
const kindBits = 0o170000;
const [fileKind, folderKind, linkKind] = [0o100000, 0o040000, 0o120000];

/** Larger ones are read piece by piece. */
const smallBytes = 1024 * 1024;
const windowBytes = 256 * 1024;
/** Node has it since 20.15; without it every entry goes the library's way. */
const canSum = typeof zlib.crc32 === "function";

/** What the library's own refusals are here. */
const rules: readonly (readonly [RegExp, ArchiveRule])[] = [
  [/overlapping|out of bounds/i, "overlap"],
  [/duplicate/i, "duplicate"],
  [/encrypt/i, "encrypted"],
  [/ambiguous|mismatched|wrapped/i, "ambiguous"],
  [/split|not supported|exceeds/i, "unsupported"],
];

/** What reads a ZIP, loaded whole: as strictly as the library can, with one meaning, right checksums, no overlaps. */
export async function loadZip(): Promise<Extract> {
  const { configure, Reader, ZipReader } = await import("@zip.js/zip.js");
  configure({ useWebWorkers: false });
  class DescriptorReader extends Reader<ReadAt> {
    readonly #read: ReadAt;
    constructor(read: ReadAt, size: number) {
      super(read);
      this.#read = read;
      this.size = size;
    }
    override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
      // A copy: the library keeps what it reads with each entry, and with a view it would keep all that was read ahead.
      return new Uint8Array(this.#read(index, length));
    }
  }
  return (fd, tree) => {
    const read = readAhead(fd);
    const zip = new ZipReader(new DescriptorReader(read, fstatSync(fd).size), {
      strictness: "strict",
      // Names are the gate's to judge.
      filenameValidation: "tolerant",
      checkOverlappingEntry: true,
      checkCrc32: true,
      checkLocalDirectory: true,
    });
    return extractZip(zip, tree, read);
  };
}

/** Bytes of the archive from `index` on; fewer where it ends. */
type ReadAt = (index: number, length: number) => Buffer;

/** Small pieces come from one larger read: entries lie one after the other, each with its header before it. */
function readAhead(fd: number): ReadAt {
  let from = 0;
  let window: Buffer = Buffer.alloc(0);
  const readNow: ReadAt = (index, length) => {
    const bytes = Buffer.allocUnsafeSlow(length);
    return bytes.subarray(0, readSync(fd, bytes, 0, length, index));
  };
  return (index, length) => {
    if (length > windowBytes / 4) return readNow(index, length);
    if (index < from || index + length > from + window.length) {
      from = index;
      window = readNow(index, windowBytes);
    }
    return window.subarray(index - from, index - from + length);
  };
}

async function extractZip(zip: ZipReader<ReadAt>, tree: TreeWriter, read: ReadAt): Promise<void> {
  let current: string | undefined;
  let count = 0;
  try {
    for await (const entry of zip.getEntriesGenerator()) {
      // Small entries are read without a pause, in which nobody could be told how far it is.
      if (++count % 200 === 0) await setImmediate();
      current = entry.filename;
      requireOrdinary(entry);
      if (entry.directory) tree.folder(entry.filename, entry.lastModDate);
      else await takeFile(entry, tree, read);
    }
    await zip.close();
  } catch (error) {
    throw explain(error, current);
  }
}

function requireOrdinary(entry: Entry): void {
  const kind = (entry.unixMode ?? entry.externalFileAttributes >>> 16) & kindBits;
  if (entry.encrypted) refuse("encrypted", entry.filename);
  if (entry.symlink || kind === linkKind) refuse("link", entry.filename);
  if (kind !== 0 && kind !== fileKind && kind !== folderKind) refuse("special", entry.filename);
}

function explain(error: unknown, entry: string | undefined): unknown {
  if (error instanceof ArchiveRefusal || !(error instanceof Error)) return error;
  const { reason } = error as { reason?: unknown };
  const words = typeof reason === "string" ? reason : error.message;
  const isLibrary = !("code" in error) && !(error instanceof RangeError);
  const found =
    rules.find(([pattern]) => pattern.test(words)) ?? rules.find(([pattern]) => pattern.test(error.message));
  if (!isLibrary || !found) return error;
  return refusal(found[1], entry);
}

async function takeFile(entry: FileEntry, tree: TreeWriter, read: ReadAt): Promise<void> {
  const isSmall = entry.compressedSize <= smallBytes && entry.uncompressedSize <= smallBytes;
  const content = isSmall && canSum ? await readSmall(entry, read) : null;
  const file = tree.file(entry.filename, entry.unixMode ?? 0o644, entry.lastModDate);
  try {
    if (content) file.write(content);
    else await entry.getData(new WritableStream<Uint8Array>({ write: (piece) => file.write(piece) }));
  } finally {
    file.end();
  }
}

/** Nothing is written into it: one for all, as making one costs more than reading a small entry. */
const nothing = new WritableStream();

/**
 * The library builds several streams for each entry, which costs a small one far more than all the rest: it only checks the headers here, and
 * the content is read at once. Null for what is packed otherwise than by deflate.
 */
async function readSmall(entry: FileEntry, read: ReadAt): Promise<Buffer | null> {
  const { compressionMethod, compressedSize, uncompressedSize } = entry;
  if (compressionMethod !== 0 && compressionMethod !== 8) return null;
  await entry.getData(nothing, { checkOverlappingEntryOnly: true });
  const start = entry.localDirectory?.dataOffset;
  if (start === undefined) refuse("damaged", entry.filename);
  const packed = read(start, compressedSize);
  if (packed.length !== compressedSize) refuse("damaged", entry.filename);
  const content = compressionMethod === 0 ? packed : inflate(packed, uncompressedSize, entry.filename);
  if (content.length !== uncompressedSize || zlib.crc32(content) !== entry.crc32) refuse("damaged", entry.filename);
  return content;
}

function inflate(packed: Buffer, size: number, name: string): Buffer {
  try {
    // One byte more than there may be, so that more is noticed; nothing may follow the end.
    const { buffer, engine } = inflateRawSync(packed, { maxOutputLength: size + 1, info: true }) as unknown as Inflated;
    if (engine.bytesWritten === packed.length) return buffer;
  } catch {
    // Told below.
  }
  return refuse("damaged", name);
}

/** Of `info: true`, which the types do not know. */
interface Inflated {
  buffer: Buffer;
  engine: { bytesWritten: number };
}
