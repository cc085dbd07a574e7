import { fstatSync, readSync } from "node:fs";
import { configure, type Entry, type FileEntry, Reader, ZipReader } from "@zip.js/zip.js";
import type { ArchiveRule } from "@/lib/archive-rules";
import { ArchiveRefusal, refusal, refuse } from "./archive-limits";
import type { TreeWriter } from "./extract-tree";

/** Kinds of file in the upper half of a ZIP's Unix attributes. */
const kindBits = 0o170000;
const [fileKind, folderKind, linkKind] = [0o100000, 0o040000, 0o120000];

/** What the library's own refusals are here. */
const rules: readonly (readonly [RegExp, ArchiveRule])[] = [
  [/overlapping|out of bounds/i, "overlap"],
  [/duplicate/i, "duplicate"],
  [/encrypt/i, "encrypted"],
  [/ambiguous|mismatched|wrapped/i, "ambiguous"],
  [/split|not supported|exceeds/i, "unsupported"],
];

class DescriptorReader extends Reader<number> {
  readonly #fd: number;
  constructor(fd: number) {
    super(fd);
    this.#fd = fd;
    this.size = fstatSync(fd).size;
  }
  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    const buffer = new Uint8Array(length);
    return buffer.subarray(0, readSync(this.#fd, buffer, 0, length, index));
  }
}

/** Reads a ZIP from an open descriptor, as strictly as the library can: one meaning, right checksums, no overlaps. */
export async function extractZip(fd: number, tree: TreeWriter): Promise<void> {
  configure({ useWebWorkers: false });
  const zip = new ZipReader(new DescriptorReader(fd), {
    strictness: "strict",
    // Names are the gate's to judge.
    filenameValidation: "tolerant",
    checkOverlappingEntry: true,
    checkCrc32: true,
    checkLocalDirectory: true,
  });
  let current: string | undefined;
  try {
    for await (const entry of zip.getEntriesGenerator()) {
      current = entry.filename;
      requireOrdinary(entry);
      if (entry.directory) tree.folder(entry.filename, entry.lastModDate);
      else await takeFile(entry, tree);
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

async function takeFile(entry: FileEntry, tree: TreeWriter): Promise<void> {
  const file = await tree.file(entry.filename, entry.unixMode ?? 0o644, entry.lastModDate);
  try {
    await entry.getData(new WritableStream<Uint8Array>({ write: (piece) => file.write(piece) }));
  } finally {
    await file.end();
  }
}
