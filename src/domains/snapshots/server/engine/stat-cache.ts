import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SnapshotInfo } from "./manifest";
import type { FileStat } from "./worker/worker-jobs";

/** What a file was when it was last read. */
export interface KnownFile {
  hash: string;
  size: number;
  mtimeNs: bigint;
  ctimeNs: bigint;
  ino: bigint;
  dev: bigint;
  /** When that reading began, in milliseconds. */
  readAtMs: number;
}

/** File times tick in steps: a change right after a reading can leave them as they were. Two seconds cover every system. */
const settledMs = 2000n;

/**
 * True when the file has provably not changed since it was read: all as it was, and last touched at least two seconds
 * before that reading. The change time counts, which no program can set.
 */
export function isUnchanged(known: KnownFile, stat: FileStat): boolean {
  return (
    known.size === stat.size &&
    known.mtimeNs === stat.mtimeNs &&
    known.ctimeNs === stat.ctimeNs &&
    known.ino === stat.ino &&
    known.dev === stat.dev &&
    isSettled(stat.mtimeNs, known.readAtMs) &&
    isSettled(stat.ctimeNs, known.readAtMs)
  );
}

function isSettled(timeNs: bigint, readAtMs: number): boolean {
  return timeNs / 1_000_000n + settledMs <= BigInt(Math.floor(readAtMs));
}

/**
 * Hashes of files by path and stat, kept beside the snapshots. It may be lost or old at any time: it only saves reading.
 * Written after the flush of a snapshot, so that no power cut can leave it newer than the files it speaks of.
 */
export async function loadStatCache(folder: string, key: string): Promise<Map<string, KnownFile>> {
  const known = new Map<string, KnownFile>();
  const text = await readFile(cacheFile(folder, key), "utf8").catch(() => "");
  const end = text.lastIndexOf("\n", text.length - 2) + 1;
  const body = text.slice(0, end);
  if (body === "" || text.slice(end).trim() !== checksumOf(body)) return known;
  for (const line of body.split("\n")) {
    if (line === "") continue;
    // Our own lines: the checksum above says that they are as we wrote them.
    const [path, hash, size, mtime, ctime, ino, dev, readAtMs] = JSON.parse(line) as CacheLine;
    known.set(path, {
      hash,
      size,
      mtimeNs: BigInt(mtime),
      ctimeNs: BigInt(ctime),
      ino: BigInt(ino),
      dev: BigInt(dev),
      readAtMs,
    });
  }
  return known;
}

export async function saveStatCache(folder: string, key: string, known: ReadonlyMap<string, KnownFile>): Promise<void> {
  const lines = [...known].map(([path, { hash, size, mtimeNs, ctimeNs, ino, dev, readAtMs }]) => {
    const line: CacheLine = [path, hash, size, `${mtimeNs}`, `${ctimeNs}`, `${ino}`, `${dev}`, readAtMs];
    return `${JSON.stringify(line)}\n`;
  });
  const body = lines.join("");
  const file = cacheFile(folder, key);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(`${file}.tmp`, `${body}${checksumOf(body)}\n`, { mode: 0o600 });
  await rename(`${file}.tmp`, file);
}

/** One cache per resource and folder. */
export function statCacheKey({ resourceType, identifier }: SnapshotInfo, folder: string): string {
  return JSON.stringify([resourceType, identifier, folder]);
}

type CacheLine = [
  path: string,
  hash: string,
  size: number,
  mtime: string,
  ctime: string,
  ino: string,
  dev: string,
  readAtMs: number,
];

function cacheFile(folder: string, key: string): string {
  return join(folder, createHash("sha256").update(key).digest("hex").slice(0, 32));
}

function checksumOf(body: string): string {
  return createHash("sha256").update(body).digest("hex");
}
