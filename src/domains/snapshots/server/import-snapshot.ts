import { lstat, mkdir, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { archiveRefused } from "@/server/archive/extract-archive";
import type { Ctx } from "@/server/context";
import { outlastOutage } from "@/server/db/outlast-outage";
import { toErrorBody } from "@/server/errors";
import { linkSignals } from "@/server/link-signals";
import { recordAudit } from "../../audit/server/record-audit";
import type { JobControl } from "../../jobs/server/job-runner";
import type { ServerRecord } from "../../servers/server/repository";
import type { downloadFormats, SnapshotResource } from "../contract";
import { publishSnapshots } from "./publish-snapshots";
import { updateSnapshotRow } from "./repository";
import { toIdentifier } from "./snapshot-identifier";
import type { SnapshotRow } from "./table";
import { openSnapshot } from "./take-snapshot";

interface Import {
  record: ServerRecord;
  /** An uploaded file of ours. */
  archive: string;
  resource: Extract<SnapshotResource, "server_full" | "world">;
  path?: string;
  note?: string;
  format?: (typeof downloadFormats)[number];
  signal: AbortSignal;
}

const mb = 1024 * 1024;

/** Unpacks an archive within the rules for archives and keeps it as a snapshot. Rejects with ARCHIVE_REFUSED for the whole of it. */
export async function importSnapshot(ctx: Ctx, wanted: Import): Promise<SnapshotRow> {
  const { record, resource, note, signal } = wanted;
  const path = resource === "world" ? (wanted.path ?? "world") : "";
  const { row, operation } = await ctx.db.transaction(async (tx) => {
    const opened = await openSnapshot(ctx, tx, record, { resource, path, note, type: "imported" });
    await recordAudit(tx, ctx.actor, {
      action: "snapshots.import",
      target: { kind: "server", id: record.id },
      details: { snapshotId: opened.id, resource, path, version: opened.version },
    });
    const spec = {
      kind: "snapshots.import",
      serverId: record.id,
      ownerId: record.ownerId,
      subject: record.name,
      isCancellable: true,
      data: { snapshotId: opened.id },
    } as const;
    return { row: opened, operation: await ctx.jobs.open(tx, ctx.actor, spec) };
  });
  return ctx.jobs.run(operation, async (job) => {
    const both = linkSignals(job.signal, signal);
    try {
      return await importSteps(ctx, { row, archive: wanted.archive, format: wanted.format, job, signal: both.signal });
    } finally {
      both.release();
    }
  });
}

interface ImportWork extends Pick<Import, "archive" | "format" | "signal"> {
  /** Open: complete when it resolves, failed with the reason when it rejects. */
  row: SnapshotRow;
  job: JobControl;
}

/** What an import does within a job. */
export async function importSteps(ctx: Ctx, work: ImportWork): Promise<SnapshotRow> {
  const { row } = work;
  const release = ctx.snapshots.uses.hold(row.id);
  try {
    return await keep(ctx, work);
  } catch (error) {
    const { code, message } = toErrorBody(error, row.id);
    await updateSnapshotRow(ctx.db, row.id, {
      status: "failed",
      metadata: { ...row.metadata, failure: { code, message } },
    });
    throw error;
  } finally {
    release();
    publishSnapshots(ctx, row);
  }
}

async function keep(ctx: Ctx, work: ImportWork): Promise<SnapshotRow> {
  const { row, job, signal, format } = work;
  const { engine } = ctx.snapshots;
  const { ARCHIVE_MAX_SIZE_MB, ARCHIVE_MAX_FILE_SIZE_MB, ARCHIVE_MAX_FILES, ARCHIVE_MAX_COMPRESSION_RATIO } = ctx.env;
  const startedAt = performance.now();
  const place = ctx.dataDir.paths.extraction(row.id);
  await mkdir(place, { mode: 0o700 });
  try {
    job.step("extract");
    const raw = join(place, "raw");
    const found = await engine.importArchive({
      archive: work.archive,
      target: raw,
      limits: {
        maxBytes: ARCHIVE_MAX_SIZE_MB * mb,
        maxFiles: ARCHIVE_MAX_FILES,
        maxFileBytes: ARCHIVE_MAX_FILE_SIZE_MB * mb,
        maxRatio: ARCHIVE_MAX_COMPRESSION_RATIO,
      },
      signal,
    });
    if (format && found.format !== format) throw archiveRefused("otherFormat");
    const folder = await layOut(place, raw, row);
    job.step("read");
    const result = await engine.createSnapshot({
      info: {
        id: row.id,
        resourceType: row.resource,
        identifier: toIdentifier(row),
        version: row.version,
        type: row.type,
        note: row.note,
        createdBy: row.createdBy,
        createdAt: row.createdAt.toISOString(),
        metadata: { ...row.metadata, ownerId: row.ownerId },
      },
      source: { folder },
      signal,
      onProgress: ({ bytes, totalBytes }) => job.progress(bytes, totalBytes, "bytes"),
    });
    const values = {
      status: "complete" as const,
      size: result.totals.bytes,
      fileCount: result.totals.files,
      addedBytes: result.addedBytes,
      checksum: result.checksum,
      metadata: { ...row.metadata, durationMs: Math.round(performance.now() - startedAt) },
    };
    return (await outlastOutage(() => updateSnapshotRow(ctx.db, row.id, values), ctx)) ?? { ...row, ...values };
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/**
 * Finds what is meant in an archive (many have one folder around everything) and lays it out as it would lie in a server's folder.
 * Returns the folder that then stands for the server's.
 */
async function layOut(place: string, raw: string, { resource, path }: SnapshotRow): Promise<string> {
  const sign = resource === "world" ? "level.dat" : "server.properties";
  const inner = await findFolderWith(raw, sign);
  if (resource === "server_full") return inner ?? raw;
  if (!inner) throw archiveRefused("noWorld");
  const tree = join(place, "tree");
  await mkdir(dirname(join(tree, path)), { recursive: true, mode: 0o700 });
  await rename(inner, join(tree, path));
  return tree;
}

async function findFolderWith(folder: string, name: string): Promise<string | null> {
  if (await isFile(join(folder, name))) return folder;
  const [only, ...others] = await readdir(folder, { withFileTypes: true });
  if (!only?.isDirectory() || others.length > 0) return null;
  return (await isFile(join(folder, only.name, name))) ? join(folder, only.name) : null;
}

async function isFile(path: string): Promise<boolean> {
  return lstat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
