import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { open, rm, stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import type { z } from "zod";
import { writeArchive } from "@/server/archive/write-archive";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { explainDiskError } from "@/server/fs/explain-disk-error";
import { requireSpace } from "@/server/fs/free-space";
import { recordAudit } from "../../audit/server/record-audit";
import type { JobControl } from "../../jobs/server/job-runner";
import { withDiskRoom } from "../../servers/server/owner-limits";
import { lookInside } from "../../snapshots/server/resolve-resource";
import { archiveFormats, type compressInputSchema, type FileEntry } from "../contract";
import { exists } from "./move-path";
import { placeFile } from "./place-file";
import { type FilePlace, reachFiles } from "./reach-files";

type Input = z.output<typeof compressInputSchema>;

/**
 * Makes an archive of files and folders, as a job: it is there, whole, when the job has ended well. Links and special files are left out.
 * PATH_EXISTS when something has its name.
 */
export async function compressFiles(ctx: Ctx, input: Input): Promise<{ jobId: string; done: Promise<FileEntry> }> {
  const { serverId, paths, to } = input;
  const place = await reachFiles(ctx, serverId, "files.edit");
  const { record, root } = place;
  const format = formatOf(to);
  for (const path of paths)
    if (path !== "" && !(await lookInside(root, path)))
      throw new AppError("PATH_NOT_FOUND", "There is nothing at this path.", { path });
  if (await lookInside(root, to)) throw exists(to);
  const operation = await ctx.db.transaction(async (tx) => {
    const target = { kind: "server", id: serverId };
    const details = { paths: paths.slice(0, 100), to };
    await recordAudit(tx, ctx.actor, { action: "files.compress", target, details });
    return ctx.jobs.open(tx, ctx.actor, {
      kind: "files.compress",
      serverId,
      ownerId: record.ownerId,
      subject: record.name,
      isCancellable: true,
    });
  });
  const work = { place, paths, to, format };
  return { jobId: operation.id, done: ctx.jobs.run(operation, (job) => compress(ctx, job, work)) };
}

async function compress(
  ctx: Ctx,
  job: JobControl,
  work: { place: FilePlace; paths: readonly string[]; to: string; format: (typeof archiveFormats)[number] },
): Promise<FileEntry> {
  const { place, paths, to, format } = work;
  const temporary = ctx.dataDir.paths.upload(randomUUID());
  job.step("compress");
  try {
    await requireSpace(ctx.dataDir.paths.uploads, 0);
    const { stream } = await writeArchive({
      root: place.root,
      paths,
      format,
      signal: job.signal,
      onProgress: ({ bytes }) => job.progress(bytes, null, "bytes"),
    });
    await pipeline(stream, createWriteStream(temporary, { flags: "wx", mode: 0o644 }));
    const file = await open(temporary, "r+");
    await file.sync().finally(() => file.close());
    const { size } = await stat(temporary);
    job.signal.throwIfAborted();
    job.seal();
    return await withDiskRoom(ctx, { ownerId: place.record.ownerId, bytes: size }, () =>
      placeFile(ctx, {
        place,
        path: to,
        temporary,
        reason: "save",
        action: "files.compress",
        details: { bytes: size, isDone: true },
        expected: null,
      }),
    );
  } catch (error) {
    throw explainDiskError(error);
  } finally {
    await rm(temporary, { force: true });
  }
}

function formatOf(path: string): (typeof archiveFormats)[number] {
  const lower = path.toLowerCase();
  const format = archiveFormats.find((known) => lower.endsWith(`.${known}`)) ?? (lower.endsWith(".tgz") && "tar.gz");
  if (format) return format;
  throw new AppError("VALIDATION_FAILED", `The name ends with one of .${archiveFormats.join(", .")}.`, {
    issues: [{ path: ["to"], code: "invalid_value", message: archiveFormats.join(", ") }],
  });
}
