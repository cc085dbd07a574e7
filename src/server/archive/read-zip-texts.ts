import type { FileHandle } from "node:fs/promises";
import { configure, Reader, ZipReader } from "@zip.js/zip.js";

/** A list of entries that is longer than this is nobody's. */
const maxRead = 32 * 1024 * 1024;
const maxEntries = 200_000;

/** Reads what is asked for of an open file, in bounded pieces. */
class HandleReader extends Reader<FileHandle> {
  readonly #file: FileHandle;
  constructor(file: FileHandle, size: number) {
    super(file);
    this.#file = file;
    this.size = size;
  }
  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    if (length > maxRead) throw new Error("too much of the archive at once");
    const { bytesRead, buffer } = await this.#file.read(new Uint8Array(length), 0, length, index);
    return buffer.subarray(0, bytesRead);
  }
}

/**
 * The texts of some small entries of a ZIP or jar that somebody else made, whatever its size, by name; those that are not there, or longer
 * than `maxBytes`, are left out, and so is all of it when the file is no ZIP. The file stays open.
 */
export async function readZipTexts(
  file: FileHandle,
  wanted: readonly string[],
  maxBytes = 256 * 1024,
): Promise<Map<string, string>> {
  configure({ useWebWorkers: false });
  const texts = new Map<string, string>();
  try {
    const zip = new ZipReader(new HandleReader(file, (await file.stat()).size), { checkCrc32: true });
    let count = 0;
    for await (const entry of zip.getEntriesGenerator()) {
      if (++count > maxEntries) break;
      if (entry.directory || !wanted.includes(entry.filename)) continue;
      const pieces: Uint8Array[] = [];
      let left = maxBytes;
      const target = new WritableStream<Uint8Array>({
        write: (piece) => {
          left -= piece.length;
          if (left < 0) throw new Error("longer than it may be");
          pieces.push(piece);
        },
      });
      const isRead = await entry.getData(target).then(
        () => true,
        () => false,
      );
      if (isRead) texts.set(entry.filename, Buffer.concat(pieces).toString("utf8"));
      if (texts.size === wanted.length) break;
    }
    await zip.close();
  } catch {
    // No ZIP, or a damaged one: it says nothing.
  }
  return texts;
}
