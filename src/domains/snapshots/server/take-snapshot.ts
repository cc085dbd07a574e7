import { randomUUID } from "node:crypto";
import type { Ctx } from "@/server/context";
import type { Transaction } from "@/server/db/connect";
import { outlastOutage } from "@/server/db/outlast-outage";
import { AppError, toErrorBody } from "@/server/errors";
import type { JobControl } from "../../jobs/server/job-runner";
import { allowedActions } from "../../servers/contract";
import { programOf } from "../../servers/server/change/program-of";
import { causedBy } from "../../servers/server/policy";
import type { ServerRecord } from "../../servers/server/repository";
import type { TrackedServer } from "../../servers/server/tracked-server";
import type { SnapshotMetadata, SnapshotResource, SnapshotType } from "../contract";
import { captureQuietly } from "./capture-quietly";
import type { CaptureReport, SnapshotProgress } from "./engine/snapshot-run";
import { snapshotExcludes } from "./excludes";
import { publishSnapshots } from "./publish-snapshots";
import { insertSnapshot, updateSnapshotRow } from "./repository";
import { toIdentifier } from "./snapshot-identifier";
import type { SnapshotRow } from "./table";

export interface NewSnapshot {
  resource: SnapshotResource;
  path: string;
  type: SnapshotType;
  note?: string;
}

/** The row of a snapshot that is about to be taken. The caller commits it, then calls `takeSnapshot`. */
export function openSnapshot(
  ctx: Ctx,
  tx: Transaction,
  record: ServerRecord,
  wanted: NewSnapshot,
): Promise<SnapshotRow> {
  const { actor } = ctx;
  return insertSnapshot(tx, {
    id: randomUUID(),
    serverId: record.id,
    ownerId: record.ownerId,
    resource: wanted.resource,
    path: wanted.path,
    type: wanted.type,
    status: "running",
    note: wanted.note ?? "",
    metadata: {
      ...{ serverName: record.name, serverType: record.type, minecraftVersion: record.version },
      // What comes in an archive may be of any version.
      ...(wanted.resource === "server_full" && wanted.type !== "imported" && { runs: programOf(record) }),
    },
    createdBy: actor.kind === "system" ? actor.name : actor.username,
    createdById: actor.kind === "system" ? null : actor.userId,
    createdAt: ctx.clock.now(),
  });
}

/** Throws STATE_CONFLICT unless the server's files can be read as they are (stopped), or its game told to save (running). */
export function requireSnapshotState({ record: { state } }: TrackedServer): void {
  if (state === "stopped" || state === "running") return;
  const allowed = allowedActions[state];
  throw new AppError("STATE_CONFLICT", `The server is ${state}; a snapshot needs it running or stopped.`, {
    state,
    action: "snapshot",
    allowed,
  });
}

export interface Taking {
  tracked: TrackedServer;
  row: SnapshotRow;
  job: Pick<JobControl, "signal" | "step" | "progress">;
  whenNotQuiet?: "fail" | "crash_consistent";
}

/**
 * Takes the snapshot of an open row: complete when it resolves, marked failed with the reason when it rejects. Needs the server's
 * lock and holds the snapshot against removal.
 */
export async function takeSnapshot(ctx: Ctx, taking: Taking): Promise<SnapshotRow> {
  const { tracked, row } = taking;
  const by = causedBy(ctx.actor);
  const about = { snapshotId: row.id, version: row.version, type: row.type, resource: row.resource, path: row.path };
  publishSnapshots(ctx, row);
  const release = ctx.snapshots.uses.hold(row.id);
  try {
    const values = await capture(ctx, taking);
    const saved = await outlastOutage(() => updateSnapshotRow(ctx.db, row.id, values), ctx);
    void ctx.supervisor.recorder.note(tracked, "snapshot", by, { ...about, size: values.size });
    return saved ?? { ...row, ...values };
  } catch (error) {
    const { code, message } = toErrorBody(error, row.id);
    const metadata: SnapshotMetadata = { ...row.metadata, failure: { code, message } };
    await outlastOutage(() => updateSnapshotRow(ctx.db, row.id, { status: "failed", metadata }), {
      clock: ctx.clock,
      // A failure is written down also while mcsd closes.
      shutdown: AbortSignal.timeout(10_000),
    }).catch((cause) => ctx.log.error({ err: cause, snapshotId: row.id }, "a failed snapshot was not marked"));
    void ctx.supervisor.recorder.note(tracked, "snapshot-failed", by, { ...about, code, message });
    throw error;
  } finally {
    release();
    publishSnapshots(ctx, row);
  }
}

async function capture(ctx: Ctx, { tracked, row, job, whenNotQuiet = "fail" }: Taking) {
  const startedAt = performance.now();
  const isLive = tracked.record.state !== "stopped";
  const folder = ctx.dataDir.paths.serverFolder(row.serverId);
  job.step("read");
  const run = await ctx.snapshots.engine.beginSnapshot({
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
    source: { folder, excludes: snapshotExcludes, ...(row.path === "" ? {} : { only: [row.path] }) },
    signal: job.signal,
    onProgress: ({ bytes, totalBytes }: SnapshotProgress) => job.progress(bytes, totalBytes, "bytes"),
  });
  try {
    let report: CaptureReport;
    let more: Partial<SnapshotMetadata> = { savingOffMs: 0 };
    if (isLive) {
      await run.prepare();
      const captured = await captureQuietly(ctx, { tracked, run, job, whenNotQuiet });
      report = captured.report;
      more = captured.metadata;
    } else report = await run.capture();
    job.step("save");
    const skipped = [...report.special, ...report.unsteady].slice(0, 100);
    const metadata: SnapshotMetadata = {
      ...row.metadata,
      ...more,
      durationMs: Math.round(performance.now() - startedAt),
      ...(skipped.length > 0 ? { skipped } : {}),
    };
    const result = await run.commit({ ...metadata });
    return {
      status: "complete" as const,
      size: result.totals.bytes,
      fileCount: result.totals.files,
      addedBytes: result.addedBytes,
      checksum: result.checksum,
      metadata,
    };
  } finally {
    await run.close();
  }
}
