import { createReadStream, fstatSync } from "node:fs";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { Parser, type ReadEntry } from "tar";
import type { ArchiveRule } from "@/lib/archive-rules";
import { type ArchiveFormat, isTar } from "./archive-format";
import { type ArchiveLimits, refusal, refuse } from "./archive-limits";
import type { TreeWriter } from "./extract-tree";
import { unzstd } from "./unzstd";

/** What no archive within the limits needs: headers, and padding of every file. */
const overheadBytes = 4096;
/** One entry's extended header: names and times need a few hundred bytes. */
const maxMetaBytes = 64 * 1024;

/** Reads a tar from an open descriptor. Only files and folders may be in it; the first other thing refuses the whole. */
export async function extractTar(
  fd: number,
  format: Exclude<ArchiveFormat, "zip">,
  tree: TreeWriter,
  limits: ArchiveLimits,
): Promise<void> {
  const parser = new Parser({ strict: true, maxMetaEntrySize: maxMetaBytes });
  let failure: unknown = null;
  const fail = (error: unknown) => {
    failure ??= error;
  };
  parser.on("entry", (entry: ReadEntry) => {
    if (limits.skipsLinks && entry.type === "SymbolicLink") entry.resume();
    else takeEntry(entry, tree, fail);
  });
  // Passed over silently by the library: headers that are too large, and kinds that it does not know.
  parser.on("ignoredEntry", (entry: ReadEntry) => fail(refusal(entry.meta ? "unsupported" : "special", entry.path)));
  parser.on("error", fail);
  let isOver = false;
  const ended = new Promise<void>((resolve) => {
    const onOver = () => {
      isOver = true;
      resolve();
    };
    parser.on("end", onOver);
    // Two empty blocks: nothing after them belongs to the archive.
    parser.on("eof", () => {
      isOver = true;
    });
    parser.on("error", onOver);
  });
  const { size } = fstatSync(fd);
  const mostBytes = Math.min(limits.maxBytes, size * limits.maxRatio) + (limits.maxFiles + 256) * overheadBytes;
  let unpacked = 0;
  // Bytes that no entry holds (endless padding, say) are bounded too, and before they are kept.
  const count = (bytes: number) => {
    unpacked += bytes;
    if (unpacked > mostBytes) refuse("ratio");
  };
  const source = createReadStream("", { fd, autoClose: false, start: 0, highWaterMark: 1024 * 1024 });
  let isFirst = true;
  for await (const piece of whole(unpack(source, format, count))) {
    if (isFirst && !isTar(piece)) refuse("notAnArchive");
    isFirst = false;
    if (failure !== null) throw failure;
    // What follows the end is counted, and nobody's.
    if (isOver || parser.write(piece)) continue;
    await Promise.race([new Promise<void>((resolve) => parser.once("drain", () => resolve())), ended]);
  }
  if (isFirst) refuse("notAnArchive");
  parser.end();
  await ended;
  if (failure !== null) throw failure;
}

/** All at once as the bytes come: the next entry begins when this one's last listener has returned, with its file closed. */
function takeEntry(entry: ReadEntry, tree: TreeWriter, fail: (error: unknown) => void): void {
  const attempt = (work: () => void) => {
    try {
      work();
    } catch (error) {
      fail(error);
    }
  };
  attempt(() => {
    const mtime = entry.mtime ?? null;
    if (entry.type === "Directory") return tree.folder(entry.path, mtime);
    if (entry.type !== "File" && entry.type !== "OldFile") refuse(ruleOf(entry.type), entry.path);
    const file = tree.file(entry.path, entry.mode ?? 0o644, mtime);
    entry.on("data", (piece: Buffer) => attempt(() => file.write(piece)));
    entry.on("end", () => attempt(() => file.end()));
  });
  entry.resume();
}

function ruleOf(type: string): ArchiveRule {
  return type === "SymbolicLink" ? "link" : type === "Link" ? "hardLink" : "special";
}

/** The first piece is at least a header long, if there is that much. */
async function* whole(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let start: Buffer | null = Buffer.alloc(0);
  for await (const piece of pieces) {
    if (start === null) {
      yield piece;
      continue;
    }
    start = Buffer.concat([start, piece]);
    if (start.length < 512) continue;
    yield start;
    start = null;
  }
  if (start?.length) yield start;
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
