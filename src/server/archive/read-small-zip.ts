import { readFile, stat } from "node:fs/promises";
import { configure, Uint8ArrayReader, ZipReader } from "@zip.js/zip.js";

export interface SmallZipRequest {
  /** Name of the entry whose text is wanted. */
  wanted: string;
  /** Most bytes of the file, and of all that is in it. */
  maxBytes: number;
}

/**
 * Reads every entry of a small ZIP against its checksum and returns the text of one; null when that is not there. It is done here and not in
 * a process of its own because everything is bounded by a few megabytes. Throws for what is no whole ZIP, or a larger one.
 */
export async function readSmallZip(path: string, { wanted, maxBytes }: SmallZipRequest): Promise<string | null> {
  if ((await stat(path)).size > maxBytes) throw new Error("the file is too large");
  configure({ useWebWorkers: false });
  const zip = new ZipReader(new Uint8ArrayReader(await readFile(path)), { checkCrc32: true });
  let left = maxBytes;
  let text: string | null = null;
  try {
    for await (const entry of zip.getEntriesGenerator()) {
      if (entry.directory) continue;
      const pieces: Uint8Array[] = [];
      await entry.getData(
        new WritableStream<Uint8Array>({
          write: (piece) => {
            left -= piece.length;
            if (left < 0) throw new Error("what is in the file is too large");
            if (entry.filename === wanted) pieces.push(piece);
          },
        }),
      );
      if (entry.filename === wanted) text = Buffer.concat(pieces).toString("utf8");
    }
  } finally {
    await zip.close();
  }
  return text;
}
