import { randomUUID } from "node:crypto";
import { constants, copyFile, lchown, mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import type { ContainedFolder } from "@/server/fs/contained/folder";
import { inParent } from "@/server/fs/contained/walk";
import { measureFolder } from "@/server/fs/measure-folder";
import { pathForSystem } from "@/server/fs/path-bytes";
import { syncFilesystem } from "@/server/fs/sync-filesystem";
import { recordAudit } from "../../audit/server/record-audit";
import type { JobControl } from "../../jobs/server/job-runner";
import { withDiskRoom } from "../../servers/server/owner-limits";
import type { copyPathInputSchema, FileEntry } from "../contract";
import { changeInTurn, publishFiles, requireFolderAtRest } from "./change-files";
import { makeFolders } from "./make-folders";
import { exists, requireOutside } from "./move-path";
import { type FilePlace, reachFiles } from "./reach-files";
import { folderOf, readEntry } from "./to-entry";

const maxDepth = 200;

interface Copy {
  path: string;
  to: string;
}

/**
 * Copies a file or a folder with all that is in it, as a job: unpacked beside, then there at once by one rename. Links and what is no
 * ordinary file are left out. PATH_EXISTS when something has the new name.
 */
export async function copyPath(
  ctx: Ctx,
  { serverId, path, to }: z.output<typeof copyPathInputSchema>,
): Promise<{ jobId: string; done: Promise<FileEntry> }> {
  const place = await reachFiles(ctx, serverId, "files.edit");
  requireOutside(path, to);
  const bytes = await requireCopyable(place, { path, to });
  const { record } = place;
  const operation = await ctx.db.transaction(async (tx) => {
    const target = { kind: "server", id: serverId };
    await recordAudit(tx, ctx.actor, { action: "files.copy", target, details: { path, to } });
    return ctx.jobs.open(tx, ctx.actor, {
      kind: "files.copy",
      serverId,
      ownerId: record.ownerId,
      subject: record.name,
      isCancellable: true,
    });
  });
  const done = ctx.jobs.run(operation, (job) =>
    withDiskRoom(ctx, { ownerId: record.ownerId, bytes }, () => copyBeside(ctx, job, { place, path, to, bytes })),
  );
  return { jobId: operation.id, done };
}

async function requireCopyable({ root }: FilePlace, { path, to }: Copy): Promise<number> {
  const bytes = await inParent(root, path, async (parent, name) => {
    const stat = await parent.stat(name);
    if (!stat) throw new AppError("PATH_NOT_FOUND", "There is nothing at this path.", { path });
    if (stat.isFile()) return stat.size;
    const folder = await parent.folder(name);
    try {
      return (await measureFolder(folder.place, { enough: Number.MAX_SAFE_INTEGER })).bytes;
    } finally {
      await folder.close();
    }
  });
  const isTaken = await inParent(root, to, async (parent, name) => (await parent.stat(name)) !== null).catch(
    () => false,
  );
  if (isTaken) throw exists(to);
  return bytes;
}

async function copyBeside(
  ctx: Ctx,
  job: JobControl,
  { place, path, to, bytes }: Copy & { place: FilePlace; bytes: number },
): Promise<FileEntry> {
  const beside = ctx.dataDir.paths.extraction(randomUUID());
  const copied = join(beside, "copy");
  job.step("copy");
  await mkdir(beside, { mode: 0o700 });
  try {
    let done = 0;
    const onBytes = (more: number) => {
      done += more;
      job.progress(done, bytes, "bytes");
    };
    const work: CopyWork = { uid: place.uid, signal: job.signal, files: [], onBytes };
    await inParent(place.root, path, (parent, name) => copyEntry(work, { parent, name, target: copied, depth: 0 }));
    await syncFilesystem(beside, work.files);
    return await changeInTurn(ctx, place.record.id, async () => {
      job.signal.throwIfAborted();
      requireFolderAtRest(ctx, place.record.id);
      await makeFolders(place, folderOf(to));
      return inParent(place.root, to, async (parent, name) => {
        if (await parent.stat(name)) throw exists(to);
        job.seal();
        await rename(copied, parent.pathOf(name));
        await parent.sync();
        publishFiles(ctx, place.record.id, [folderOf(to)]);
        const entry = await readEntry(parent, folderOf(to), name);
        if (entry) return entry;
        throw new AppError("PATH_NOT_FOUND", "It was taken away right after it was put there.", { path: to });
      });
    });
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

interface CopyWork {
  uid: number | null;
  signal: AbortSignal;
  /** What was written. */
  files: (string | Buffer)[];
  onBytes(more: number): void;
}

async function copyEntry(
  work: CopyWork,
  { parent, name, target, depth }: { parent: ContainedFolder; name: string; target: string; depth: number },
): Promise<void> {
  work.signal.throwIfAborted();
  const stat = await parent.stat(name);
  if (stat?.isDirectory()) {
    if (depth >= maxDepth)
      throw new AppError("LIMIT_EXCEEDED", "The folders lie too deep inside each other to be copied.", { maxDepth });
    const folder = await parent.folder(name);
    try {
      await mkdir(pathForSystem(target), { mode: 0o755 });
      for (const child of await folder.names())
        await copyEntry(work, { parent: folder, name: child, target: `${target}/${child}`, depth: depth + 1 });
    } finally {
      await folder.close();
    }
  } else if (stat?.isFile()) {
    const file = await parent.openFile(name);
    try {
      // By the open file itself: its name may stand for something else by now.
      const source = process.platform === "linux" ? `/proc/self/fd/${file.fd}` : parent.pathOf(name);
      await copyFile(source, pathForSystem(target), constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    } finally {
      await file.close();
    }
    work.files.push(pathForSystem(target));
    work.onBytes(stat.size);
  } else return;
  if (work.uid !== null) await lchown(pathForSystem(target), work.uid, work.uid);
}
