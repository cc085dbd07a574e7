import { randomUUID } from "node:crypto";
import { mkdir, rename } from "node:fs/promises";
import type { z } from "zod";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { inParent } from "@/server/fs/contained/walk";
import { recordAudit } from "../../../audit/server/record-audit";
import type { JobControl } from "../../../jobs/server/job-runner";
import type { ServerRecord } from "../../../servers/server/repository";
import { serverUid } from "../../../servers/server/server-uid";
import { uidBaseOf } from "../../../servers/server/uid-base";
import type { restoreFilesInputSchema } from "../../contract";
import { reachRestorable } from "../reach-snapshot";
import { lookInside } from "../resolve-resource";
import type { SnapshotRow } from "../table";
import { freshFolder, removeAside } from "./replace-paths";
import { startRestore } from "./restore-snapshot";

/**
 * Puts chosen files and folders of a snapshot back: into their own places, with the server stopped and what was there kept, or with
 * `to` into a new folder of the server, at any time.
 */
export async function restoreFiles(
  ctx: Ctx,
  input: z.output<typeof restoreFilesInputSchema>,
): Promise<{ jobId: string; done: Promise<unknown> }> {
  const { row, server } = await reachRestorable(ctx, input.snapshotId, "backups.restore");
  const paths = outermost(input.paths);
  await requirePaths(ctx, row, paths);
  if (input.to === undefined)
    return startRestore(ctx, { record: server, row, paths, isRestart: false, kind: "snapshots.restoreFiles" });
  return startBeside(ctx, { record: server, row, paths, to: input.to });
}

/** Without those that lie in others of them. */
export function outermost(paths: readonly string[]): string[] {
  const all = new Set(paths);
  return [...all].filter((path) => {
    const parts = path.split("/");
    return (
      path === "" || (!all.has("") && !parts.some((_, count) => count > 0 && all.has(parts.slice(0, count).join("/"))))
    );
  });
}

async function requirePaths(ctx: Ctx, { id }: SnapshotRow, paths: readonly string[]): Promise<void> {
  const missing = await ctx.snapshots.engine.findMissing(
    id,
    paths.filter((path) => path !== ""),
  );
  if (missing.length === 0) return;
  throw new AppError("PATH_NOT_FOUND", `The snapshot does not hold ${missing[0]}.`, { paths: missing.slice(0, 20) });
}

interface Beside {
  record: ServerRecord;
  row: SnapshotRow;
  paths: readonly string[];
  to: string;
}

async function startBeside(ctx: Ctx, beside: Beside): Promise<{ jobId: string; done: Promise<unknown> }> {
  const { record, row, paths, to } = beside;
  if (to === "" || (await lookInside(ctx.dataDir.paths.serverFolder(record.id), to)))
    throw new AppError("VALIDATION_FAILED", "Name a folder that does not exist yet.", {
      issues: [{ path: ["to"], code: "exists", message: "exists" }],
    });
  const release = ctx.snapshots.uses.hold(row.id);
  try {
    const operation = await ctx.db.transaction(async (tx) => {
      await recordAudit(tx, ctx.actor, {
        action: "snapshots.restoreFiles",
        target: { kind: "server", id: record.id },
        details: { snapshotId: row.id, version: row.version, paths: paths.slice(0, 100), to },
      });
      return ctx.jobs.open(tx, ctx.actor, {
        kind: "snapshots.restoreFiles",
        serverId: record.id,
        ownerId: record.ownerId,
        subject: record.name,
        isCancellable: true,
        data: { snapshotId: row.id },
      });
    });
    const done = ctx.jobs.run(operation, (job) => putBeside(ctx, job, beside)).finally(release);
    return { jobId: operation.id, done };
  } catch (error) {
    release();
    throw error;
  }
}

/** Unpacked and verified where nobody sees it, then there at once by one rename. */
async function putBeside(ctx: Ctx, job: JobControl, { record, row, paths, to }: Beside): Promise<{ path: string }> {
  const { paths: places } = ctx.dataDir;
  const aside = places.restoreFolder(randomUUID());
  const uid = serverUid(uidBaseOf(ctx.env), record);
  job.step("extract");
  await mkdir(aside, { recursive: true, mode: 0o700 });
  try {
    await ctx.snapshots.engine.restoreSnapshot({
      id: row.id,
      target: freshFolder(aside),
      ...(paths.includes("") ? {} : { paths }),
      ...(uid === null ? {} : { owner: { uid, gid: uid } }),
      signal: job.signal,
      onProgress: ({ bytes, totalBytes }) => job.progress(bytes, totalBytes, "bytes"),
    });
    job.seal();
    job.step("swap");
    await inParent(places.serverFolder(record.id), to, async (parent, name) => {
      await rename(freshFolder(aside), parent.pathOf(name));
      await parent.sync();
    });
    return { path: to };
  } finally {
    await removeAside(aside);
  }
}
