import { createReadStream, fstatSync } from "node:fs";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { Decompress } from "fzstd";
import { Parser, type ReadEntry } from "tar";
import type { ArchiveFormat } from "./archive-format";
import { type ArchiveLimits, refuse } from "./archive-limits";
import type { TreeWriter } from "./extract-tree";

/** What no archive within the limits needs: headers, and padding of every file. */
const overheadBytes = 4096;

/** Reads a tar from an open descriptor. Only files and folders may be in it; the first other thing refuses the whole. */
export async function extractTar(
  fd: number,
  format: Exclude<ArchiveFormat, "zip">,
  tree: TreeWriter,
  limits: ArchiveLimits,
): Promise<void> {
  const parser = new Parser({ strict: true, maxMetaEntrySize: 1024 * 1024 });
  let failure: unknown = null;
  let last: Promise<void> = Promise.resolve();
  const fail = (error: unknown) => {
    failure ??= error;
  };
  parser.on("entry", (entry: ReadEntry) => {
    // The parser gives out one entry at a time and waits for its end.
    last = takeEntry(entry, tree).catch((error: unknown) => {
      fail(error);
      entry.resume();
    });
  });
  parser.on("error", fail);
  const ended = new Promise<void>((resolve) => {
    parser.on("end", () => resolve());
    parser.on("error", () => resolve());
  });
  let unpacked = 0;
  const mostBytes =
    Math.min(limits.maxBytes, fstatSync(fd).size * limits.maxRatio) + (limits.maxFiles + 256) * overheadBytes;
  // Bytes that no entry holds (endless padding, say) are bounded too, and before they are kept.
  const count = (bytes: number) => {
    unpacked += bytes;
    if (unpacked > mostBytes) refuse("it unpacks to more than is allowed");
  };
  const source = createReadStream("", { fd, autoClose: false, start: 0, highWaterMark: 64 * 1024 });
  for await (const piece of unpack(source, format, count)) {
    unpacked += piece.length;
    // Bytes that no entry holds (endless padding, say) are bounded too.
    if (unpacked > limits.maxBytes + (limits.maxFiles + 2) * overheadBytes)
      refuse(`more than ${limits.maxBytes} bytes`);
    if (failure !== null) throw failure;
    if (!parser.write(piece)) await new Promise((resolve) => parser.once("drain", resolve));
  }
  parser.end();
  await ended;
  await last;
  if (failure !== null) throw failure;
}

async function takeEntry(entry: ReadEntry, tree: TreeWriter): Promise<void> {
  const mtime = entry.mtime ?? null;
  if (entry.type === "Directory") {
    tree.folder(entry.path, mtime);
    entry.resume();
    return;
  }
  if (entry.type !== "File" && entry.type !== "OldFile") refuse(`something that is no file or folder (${entry.type})`);
  const file = await tree.file(entry.path, entry.mode ?? 0o644, mtime);
  if (file === null) refuse("a file without a name");
  try {
    for await (const piece of entry) await file.write(piece as Uint8Array);
  } finally {
    await file.end();
  }
}

async function* unpack(
  source: Readable,
  format: Exclude<ArchiveFormat, "zip">,
  count: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  if (format === "tar.zst") return yield* unzstd(source, count);
  for await (const piece of format === "tar" ? source : gunzipped(source)) {
    count(piece.length);
    yield piece;
  }
}

function gunzipped(source: Readable): AsyncIterable<Buffer> {
  const gunzip = createGunzip();
  source.on("error", (error) => gunzip.destroy(error));
  return source.pipe(gunzip);
}

async function* unzstd(source: AsyncIterable<Buffer>, count: (bytes: number) => void): AsyncGenerator<Buffer> {
  let ready: Uint8Array[] = [];
  const decoder = new Decompress((piece) => {
    count(piece.length);
    ready.push(piece);
  });
  for await (const piece of source) {
    decoder.push(new Uint8Array(piece));
    const done = ready;
    ready = [];
    for (const content of done)
      if (content.length > 0) yield Buffer.from(content.buffer, content.byteOffset, content.length);
  }
  decoder.push(new Uint8Array(0), true);
  for (const content of ready) if (content.length > 0) yield Buffer.from(content);
}
