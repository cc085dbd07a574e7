import { createHash } from "node:crypto";
import type { Stats } from "node:fs";
import { chmod, chown, rename } from "node:fs/promises";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import type { ContainedFolder } from "@/server/fs/contained/folder";
import { inParent } from "@/server/fs/contained/walk";
import type { FileEntry, versionReasons } from "../contract";
import { isStorableName } from "../is-storable-name";
import { changeFiles } from "./change-files";
import { keepPrevious } from "./history/keep-previous";
import { makeFolders } from "./make-folders";
import type { FilePlace } from "./reach-files";
import { folderOf, kindOf, readEntry } from "./to-entry";

export interface Placing {
  place: FilePlace;
  path: string;
  /** A flushed file of ours on the same file system. It has moved when this resolves, and is still there when it rejects. */
  temporary: string;
  reason: (typeof versionReasons)[number];
  /** Audit action, with what it did. */
  action: string;
  details?: Record<string, unknown>;
  /**
   * What is expected to be there: the etag of a content, or null for nothing. Left out: anything. FILE_CHANGED or PATH_EXISTS when it
   * is otherwise.
   */
  expected?: string | null;
  /** Last check before the effect, in the turn. */
  before?(): Promise<void>;
}

/**
 * Gives a finished file its place by one rename, in a folder that is made if need be; the previous content is kept first. When it resolves the file is there, whole, and
 * survives a power cut; when it rejects nothing has changed.
 */
export function placeFile(ctx: Ctx, placing: Placing): Promise<FileEntry> {
  const { place, path, action, details } = placing;
  const folder = folderOf(path);
  return changeFiles(
    ctx,
    { record: place.record, action, details: { path, ...details }, folders: [folder] },
    async (commit) => {
      await makeFolders(place, folder);
      return inParent(place.root, path, async (parent, name) => {
        const there = await parent.stat(name);
        requireReplaceable(ctx, placing, there);
        if (!there) requireStorable(path, name);
        if (placing.expected !== undefined) await requireExpected(parent, name, path, placing.expected, there);
        await placing.before?.();
        if (there) await keepPrevious(ctx, { place, path, stat: there, parent, name, reason: placing.reason });
        const now = await parent.stat(name);
        if (!isSame(there, now)) throw changed(path);
        await commit(there ? { replacedBytes: there.size } : {});
        await take(placing, parent, name, there);
        const entry = await readEntry(parent, folder, name);
        if (entry) return entry;
        throw new AppError("PATH_NOT_FOUND", "The file was taken away right after it was put there.", { path });
      });
    },
  );
}

async function take({ place, temporary }: Placing, parent: ContainedFolder, name: string, there: Stats | null) {
  if (place.uid !== null) await chown(temporary, place.uid, place.uid);
  if (there) await chmod(temporary, there.mode & 0o777);
  await rename(temporary, parent.pathOf(name));
  await parent.sync();
}

function requireReplaceable({ supervisor }: Ctx, { place, path }: Placing, there: Stats | null): void {
  const isStopped = supervisor.find(place.record.id)?.record.state === "stopped";
  if (path === "server.jar" && !isStopped)
    throw new AppError("FILE_IN_USE", "The running server uses its jar. Stop it first.", { path });
  if (!there || there.isFile()) return;
  throw new AppError("PATH_EXISTS", `There is a ${kindOf(there)} of this name.`, { path, kind: kindOf(there) });
}

/** What is there already may have any name; what we make has one that other systems can hold too. */
function requireStorable(path: string, name: string): void {
  if (isStorableName(name)) return;
  throw new AppError("PATH_INVALID", "Other systems cannot hold a file of this name.", { path, reason: "fileName" });
}

async function requireExpected(
  parent: ContainedFolder,
  name: string,
  path: string,
  expected: string | null,
  there: Stats | null,
): Promise<void> {
  if (expected === null) {
    if (there) throw new AppError("PATH_EXISTS", "There is a file of this name.", { path, kind: "file" });
    return;
  }
  if (!there) throw changed(path);
  const file = await parent.openFile(name);
  try {
    const hash = createHash("sha256");
    for await (const piece of file.createReadStream({ autoClose: false })) hash.update(piece as Buffer);
    const etag = hash.digest("hex");
    if (etag !== expected) throw changed(path, { etag, modifiedAt: there.mtime });
  } finally {
    await file.close();
  }
}

function isSame(a: Stats | null, b: Stats | null): boolean {
  return a === null || b === null ? a === b : a.ino === b.ino && a.size === b.size && a.mtimeMs === b.mtimeMs;
}

function changed(path: string, details: Record<string, unknown> = {}): AppError {
  return new AppError("FILE_CHANGED", "The file was changed in the meantime.", { path, ...details });
}
