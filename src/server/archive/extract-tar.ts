import { createReadStream, fstatSync } from "node:fs";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { ReadEntry } from "tar";
import type { ArchiveRule } from "@/lib/archive-rules";
import { type ArchiveFormat, isTar } from "./archive-format";
import { type ArchiveLimits, refusal, refuse } from "./archive-limits";
import type { Extract, TreeWriter } from "./extract-tree";
import { loadUnzstd, type Unzstd } from "./unzstd";

/** What no archive within the limits needs: headers, and padding of every file. */
const overheadBytes = 4096;
/** One entry's extended header: names and times need a few hundred bytes. */
const maxMetaBytes = 64 * 1024;

type TarFormat = Exclude<ArchiveFormat, "zip">;

/** What reads a tar of this format, loaded whole. */
export async function loadTar(format: TarFormat): Promise<Extract> {
  const [{ Parser }, unzstd] = await Promise.all([import("tar"), format === "tar.zst" ? loadUnzstd() : null]);
  const unpack = unzstd ?? (format === "tar" ? counted : gunzipped);
  return (fd, tree, limits) => extractTar({ fd, tree, limits, Parser, unpack });
}

interface TarReader {
  fd: number;
  tree: TreeWriter;
  limits: ArchiveLimits;
  Parser: typeof import("tar").Parser;
  unpack: Unzstd | typeof gunzipped;
}

/** Reads a tar from an open descriptor. Only files and folders may be in it; the first other thing refuses the whole. */
async function extractTar({ fd, tree, limits, Parser, unpack }: TarReader): Promise<void> {
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
  for await (const piece of whole(unpack(source, count))) {
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

async function* counted(pieces: AsyncIterable<Buffer>, count: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    count(piece.length);
    yield piece;
  }
}

function gunzipped(source: Readable, count: (bytes: number) => void): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  source.on("error", (error) => gunzip.destroy(error));
  return counted(source.pipe(gunzip), count);
}
