import { randomUUID } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import type { z } from "zod";
import type { Ctx } from "@/server/context";
import { isAppError } from "@/server/errors";
import { inParent } from "@/server/fs/contained/walk";
import { requireSpace } from "@/server/fs/free-space";
import { syncFilesystem } from "@/server/fs/sync-filesystem";
import { recordAudit } from "../../../audit/server/record-audit";
import type { JobControl } from "../../../jobs/server/job-runner";
import { withDiskRoom } from "../../../servers/server/owner-limits";
import type { extractInputSchema, FileEntry } from "../../contract";
import { changeInTurn, publishFiles, requireFolderAtRest } from "../change-files";
import { keepPrevious } from "../history/keep-previous";
import { findEntry } from "../list-files";
import { makeFolders } from "../make-folders";
import { requireNoJarInUse } from "../move-path";
import { type FilePlace, reachFiles } from "../reach-files";
import { folderOf } from "../to-entry";
import { mergeTree, stagedTree } from "./merge-tree";
import { ownTree } from "./own-tree";
import { type MergeItem, planMerge, requireTarget } from "./plan-merge";

type Input = z.output<typeof extractInputSchema>;
interface Extraction extends Pick<Input, "path" | "to"> {
  place: FilePlace;
}

const mb = 1024 * 1024;
/** Told of an extraction; the rest is counted. */
const maxTold = 1000;

/**
 * Extracts an archive of the server's into one of its folders, as a job: all of it, or with ARCHIVE_REFUSED, PATH_EXISTS or any other
 * failure nothing. Files that are replaced are kept in their histories. Answers what came in, at most 1,000 entries.
 */
export async function extractFiles(ctx: Ctx, input: Input): Promise<{ jobId: string; done: Promise<FileEntry[]> }> {
  const { serverId, path, to } = input;
  const place = await reachFiles(ctx, serverId, "files.edit");
  const { record, root } = place;
  // What is no file is told at once.
  await inParent(root, path, async (parent, name) => (await parent.openFile(name)).close());
  await requireTarget(root, to);
  const operation = await ctx.db.transaction(async (tx) => {
    const target = { kind: "server", id: serverId };
    await recordAudit(tx, ctx.actor, { action: "files.extract", target, details: { path, to } });
    return ctx.jobs.open(tx, ctx.actor, {
      kind: "files.extract",
      serverId,
      ownerId: record.ownerId,
      subject: record.name,
      isCancellable: true,
    });
  });
  return { jobId: operation.id, done: ctx.jobs.run(operation, (job) => extract(ctx, job, { place, path, to })) };
}

async function extract(ctx: Ctx, job: JobControl, extraction: Extraction): Promise<FileEntry[]> {
  const { place, path } = extraction;
  const folder = ctx.dataDir.paths.extraction(randomUUID());
  await mkdir(folder, { mode: 0o700 });
  try {
    job.step("extract");
    const { bytes } = await inParent(place.root, path, async (parent, name) => {
      const archive = await parent.openFile(name);
      try {
        const { size } = await archive.stat();
        await requireSpace(folder, size);
        return await ctx.snapshots.engine.importArchive({
          archive,
          target: stagedTree(folder),
          limits: archiveLimits(ctx),
          signal: job.signal,
          onProgress: (done) => job.progress(done.bytes, null, "bytes"),
        });
      } finally {
        await archive.close();
      }
    });
    if (place.uid !== null) await ownTree(stagedTree(folder), place.uid, job.signal);
    await syncFilesystem(folder, []);
    return await withDiskRoom(ctx, { ownerId: place.record.ownerId, bytes }, () =>
      changeInTurn(ctx, place.record.id, () => moveIn(ctx, job, { ...extraction, folder })),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What an archive may hold, as the settings have it. */
export function archiveLimits({ env }: Pick<Ctx, "env">) {
  return {
    maxBytes: env.ARCHIVE_MAX_SIZE_MB * mb,
    maxFiles: env.ARCHIVE_MAX_FILES,
    maxFileBytes: env.ARCHIVE_MAX_FILE_SIZE_MB * mb,
    maxRatio: env.ARCHIVE_MAX_COMPRESSION_RATIO,
  };
}

async function moveIn(ctx: Ctx, job: JobControl, { place, to, folder }: Extraction & { folder: string }) {
  const { record, root } = place;
  job.signal.throwIfAborted();
  requireFolderAtRest(ctx, record.id);
  await requireTarget(root, to);
  await makeFolders(place, to);
  const items = await planMerge(stagedTree(folder), root, to);
  requireNoJarInUse(
    ctx,
    record.id,
    items.map((item) => item.path),
  );
  job.step("swap");
  for (const { path, isReplacement } of items) {
    job.signal.throwIfAborted();
    if (!isReplacement) continue;
    await inParent(root, path, async (parent, name) => {
      const stat = await parent.stat(name);
      if (stat) await keepPrevious(ctx, { place, path, parent, name, stat, reason: "extract" });
    });
  }
  job.seal();
  await mergeTree({ folder, live: root }, record.id, items);
  publishFiles(ctx, record.id, [to, folderOf(to), ...items.map((item) => folderOf(item.path))]);
  return toldOf(root, items);
}

async function toldOf(root: string, items: readonly MergeItem[]): Promise<FileEntry[]> {
  const told: FileEntry[] = [];
  for (const { path } of items.slice(0, maxTold)) {
    const entry = await findEntry(root, path).catch((error: unknown) => {
      // The game may have taken it away already.
      if (isAppError(error)) return null;
      throw error;
    });
    if (entry) told.push(entry);
  }
  return told;
}
