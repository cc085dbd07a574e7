import { buffer } from "node:stream/consumers";
import { Uint8ArrayReader, ZipWriter } from "@zip.js/zip.js";

/** How the record begins that only archives with 64-bit fields have. */
export const zip64EndRecord = Buffer.from("PK\u0006\u0006", "latin1");

/** A ZIP whose every size and place is a 64-bit field, however small. */
export async function zip64(entries: readonly { name: string; content: Buffer }[]): Promise<Buffer> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const packed = buffer(readable as unknown as NodeJS.ReadableStream);
  const zip = new ZipWriter(writable, { zip64: true, useWebWorkers: false });
  for (const { name, content } of entries) await zip.add(name, new Uint8ArrayReader(new Uint8Array(content)));
  await zip.close(undefined, { zip64: true });
  return packed;
}
