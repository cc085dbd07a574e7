import { fstatSync, readSync } from "node:fs";
import { configure, type FileEntry, Reader, ZipReader } from "@zip.js/zip.js";
import { refuse } from "./archive-limits";
import type { TreeWriter } from "./extract-tree";

/** Kinds of file in the upper half of a ZIP's Unix attributes. */
const kindBits = 0o170000;
const [fileKind, folderKind] = [0o100000, 0o040000];

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
    filenameValidation: "balanced",
    checkOverlappingEntry: true,
    checkCrc32: true,
    checkLocalDirectory: true,
  });
  for await (const entry of zip.getEntriesGenerator()) {
    const kind = (entry.unixMode ?? entry.externalFileAttributes >>> 16) & kindBits;
    if (entry.encrypted) refuse("an encrypted file");
    if (entry.symlink || (kind !== 0 && kind !== fileKind && kind !== folderKind))
      refuse("something that is no file or folder");
    if (entry.directory) tree.folder(entry.filename, entry.lastModDate);
    else await takeFile(entry, tree);
  }
  await zip.close();
}

async function takeFile(entry: FileEntry, tree: TreeWriter): Promise<void> {
  const file = await tree.file(entry.filename, entry.unixMode ?? 0o644, entry.lastModDate);
  if (file === null) refuse("a file without a name");
  try {
    await entry.getData(new WritableStream<Uint8Array>({ write: (piece) => file.write(piece) }));
  } finally {
    await file.end();
  }
}
