import type { Stats } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import type { Readable } from "node:stream";
import { mayHoldSecrets, stripSecrets } from "@/lib/hide-secrets";
import { AppError } from "@/server/errors";
import type { ContainedFolder } from "@/server/fs/contained/folder";
import { inParent, nullIfUnreachable, openFolderAt } from "@/server/fs/contained/walk";
import { parentOf } from "@/server/fs/path-bytes";
import type { ArchiveFormat } from "./archive-format";
import { type ArchiveMember, packArchive } from "./pack-archive";

export interface WriteRequest {
  /** Absolute path of a server's folder. */
  root: string;
  /** Below it; "" is all of it. What lies in another one of them goes in once. */
  paths: readonly string[];
  format: ArchiveFormat;
  signal?: AbortSignal;
  /** Of what has been read so far. */
  onProgress?(done: WriteTotals): void;
}

export interface WriteTotals {
  files: number;
  folders: number;
  bytes: number;
  /** Links, special files, and what vanished before it could be read: not in the archive. */
  leftOut: number;
}

const maxDepth = 500;
const pieceBytes = 256 * 1024;
/** A larger `server.properties` is none that the game has written. */
const maxPropertiesBytes = 1024 * 1024;

/**
 * Files and folders of a server as an archive that is made while it is read: memory does not grow with it. Names in it begin at
 * the deepest folder that holds all the paths. Walks by open folders alone, so nothing outside gets in; links and special files
 * are left out and counted. A file that changes meanwhile goes in with the length that it had when it was opened (cut off, or
 * filled up with zeros); one that vanishes is left out. The RCON password of a `server.properties` is not in it.
 *
 * Destroying the stream closes all; an error or the signal ends it with that error, so that no archive is whole but wrong.
 * `totals` count on while the stream is read. Throws PATH_NOT_FOUND or PATH_BLOCKED when one of the paths cannot be reached.
 */
export async function writeArchive(
  request: WriteRequest,
): Promise<{ stream: Readable; totals: Readonly<WriteTotals> }> {
  const { root, format, signal } = request;
  signal?.throwIfAborted();
  const paths = outermost(request.paths);
  for (const path of paths) await requireThere(root, path);
  const totals: WriteTotals = { files: 0, folders: 0, bytes: 0, leftOut: 0 };
  const stream = packArchive(format, walkAll({ ...request, paths }, totals));
  const onAbort = () => stream.destroy(signal?.reason as Error);
  signal?.addEventListener("abort", onAbort, { once: true });
  stream.once("close", () => signal?.removeEventListener("abort", onAbort));
  return { stream, totals };
}

/** Paths without those that lie in another one. */
function outermost(paths: readonly string[]): string[] {
  const all = new Set(paths);
  if (all.has("")) return [""];
  const isInner = (path: string) => {
    for (let parent = parentOf(path); parent !== ""; parent = parentOf(parent)) if (all.has(parent)) return true;
    return false;
  };
  return [...all].filter((path) => !isInner(path)).sort();
}

async function requireThere(root: string, path: string): Promise<void> {
  if (path === "") return;
  const stat = await inParent(root, path, (parent, name) => parent.stat(name));
  if (!stat) throw new AppError("PATH_NOT_FOUND", "There is nothing at this path.", { path });
}

/** The deepest folder that holds them all, with a slash at its end unless it is the root. */
function commonStart(paths: readonly string[]): string {
  const [first = "", ...others] = paths.map((path) => parentOf(path));
  let common = first;
  while (common !== "" && !others.every((other) => other === common || other.startsWith(`${common}/`)))
    common = parentOf(common);
  return common === "" ? "" : `${common}/`;
}

interface Walk extends WriteRequest {
  start: string;
  totals: WriteTotals;
}

async function* walkAll(request: WriteRequest, totals: WriteTotals): AsyncGenerator<ArchiveMember> {
  const walk: Walk = { ...request, totals, start: commonStart(request.paths) };
  for (const path of request.paths) {
    const folder = await openFolderAt(request.root, parentOf(path)).catch(nullIfUnreachable);
    if (!folder) {
      totals.leftOut++;
      continue;
    }
    try {
      if (path === "") yield* walkFolder(walk, folder, "", 0);
      else yield* walkEntry(walk, folder, path, 0);
    } finally {
      await folder.close();
    }
  }
}

async function* walkFolder(
  walk: Walk,
  folder: ContainedFolder,
  path: string,
  depth: number,
): AsyncGenerator<ArchiveMember> {
  for (const name of (await folder.names()).sort())
    yield* walkEntry(walk, folder, path === "" ? name : `${path}/${name}`, depth);
}

async function* walkEntry(
  walk: Walk,
  parent: ContainedFolder,
  path: string,
  depth: number,
): AsyncGenerator<ArchiveMember> {
  walk.signal?.throwIfAborted();
  const { totals } = walk;
  const name = path.slice(path.lastIndexOf("/") + 1);
  // A ZIP says names in UTF-8 alone.
  const stat = walk.format === "zip" && !name.isWellFormed() ? null : await parent.stat(name);
  if (stat?.isDirectory()) {
    if (depth >= maxDepth)
      throw new AppError("LIMIT_EXCEEDED", "The folders lie too deep inside each other.", { maxDepth });
    const folder = await parent.folder(name).catch(nullIfUnreachable);
    if (folder) {
      try {
        totals.folders++;
        yield { kind: "folder", path: path.slice(walk.start.length), ...about(stat), size: 0 };
        yield* walkFolder(walk, folder, path, depth + 1);
      } finally {
        await folder.close();
      }
      return;
    }
  }
  const file = stat?.isFile() ? await parent.openFile(name).catch(nullIfUnreachable) : null;
  if (!file) {
    totals.leftOut++;
    return;
  }
  try {
    // Too large to have its secrets hidden, and none that the game has written.
    if (mayHoldSecrets(path) && (await file.stat()).size > maxPropertiesBytes) totals.leftOut++;
    else yield await fileMember(walk, file, path);
  } finally {
    await file.close();
  }
}

async function fileMember(walk: Walk, file: FileHandle, path: string): Promise<ArchiveMember> {
  const stat = await file.stat();
  const { totals, onProgress } = walk;
  totals.files++;
  const count = (bytes: number) => {
    totals.bytes += bytes;
    onProgress?.(totals);
  };
  const member = { kind: "file" as const, path: path.slice(walk.start.length), ...about(stat) };
  if (!mayHoldSecrets(path)) return { ...member, size: stat.size, content: () => read(file, stat.size, count) };
  const parts: Buffer[] = [];
  for await (const part of read(file, stat.size, count)) parts.push(part);
  const shown = Buffer.from(stripSecrets(path, Buffer.concat(parts).toString("latin1")), "latin1");
  return { ...member, size: shown.length, content: () => once(shown) };
}

async function* once(content: Buffer): AsyncGenerator<Buffer> {
  yield content;
}

/** Exactly `size` bytes: what the file has lost since it was opened becomes zeros. */
async function* read(file: FileHandle, size: number, count: (bytes: number) => void): AsyncGenerator<Buffer> {
  for (let at = 0; at < size; ) {
    const length = Math.min(pieceBytes, size - at);
    const piece = Buffer.allocUnsafe(length);
    const { bytesRead } = await file.read(piece, 0, length, at);
    if (bytesRead === 0) piece.fill(0);
    const content = bytesRead === 0 ? piece : piece.subarray(0, bytesRead);
    at += content.length;
    count(content.length);
    yield content;
  }
}

function about(stat: Stats): { mode: number; mtimeNs: bigint } {
  return { mode: stat.mode & 0o777, mtimeNs: BigInt(Math.round(stat.mtimeMs * 1000)) * 1000n };
}
