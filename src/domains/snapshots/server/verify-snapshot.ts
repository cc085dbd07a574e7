import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import type { Ctx } from "@/server/context";
import { isAppError } from "@/server/errors";
import { recordAudit } from "../../audit/server/record-audit";
import type { JobControl } from "../../jobs/server/job-runner";
import type { Snapshot, VerifyResult, verifySnapshotInputSchema } from "../contract";
import type { Verdict } from "./engine/verify-snapshot";
import { publishSnapshots } from "./publish-snapshots";
import { reachComplete } from "./reach-snapshot";
import { listByStatus, toSnapshot, updateSnapshotRow } from "./repository";
import type { SnapshotRow } from "./table";

const shownPaths = 100;
/** So many are kept with the snapshot, for its page. */
const keptPaths = 20;

/**
 * Reads everything that a snapshot needs and compares it with what was stored; as a drill also restores it into a temporary folder.
 * Damage is flagged on every snapshot that it hits.
 */
export async function verifySnapshot(
  ctx: Ctx,
  input: z.output<typeof verifySnapshotInputSchema>,
): Promise<{ jobId: string; done: Promise<VerifyResult> }> {
  const { row, server } = await reachComplete(ctx, input.snapshotId, "backups.create");
  const release = ctx.snapshots.uses.hold(row.id);
  try {
    const operation = await ctx.db.transaction(async (tx) => {
      await recordAudit(tx, ctx.actor, {
        action: "snapshots.verify",
        target: { kind: "snapshot", id: row.id },
        details: { serverId: row.serverId, drill: input.drill ?? false },
      });
      return ctx.jobs.open(tx, ctx.actor, {
        kind: "snapshots.verify",
        serverId: row.serverId,
        ownerId: row.ownerId,
        subject: server?.name ?? row.metadata.serverName ?? "",
        isCancellable: true,
        data: { snapshotId: row.id },
      });
    });
    const done = ctx.jobs.run(operation, (job) => checkSnapshot(ctx, job, row, input.drill ?? false)).finally(release);
    return { jobId: operation.id, done };
  } catch (error) {
    release();
    throw error;
  }
}

/** The caller holds the snapshot. */
export async function checkSnapshot(
  ctx: Ctx,
  job: Pick<JobControl, "signal" | "step" | "progress">,
  row: SnapshotRow,
  isDrill: boolean,
): Promise<VerifyResult> {
  job.step("check");
  let bytes = 0;
  const verdict = await ctx.snapshots.engine
    .verifySnapshot(row.id, {
      checksum: row.checksum ?? undefined,
      signal: job.signal,
      onBytes: (more) => {
        bytes += more;
        job.progress(bytes, row.size, "bytes");
      },
    })
    .catch((error: unknown) => missingManifest(error, row));
  if (verdict.isGood && isDrill) await rehearse(ctx, job, row);
  const now = ctx.clock.now();
  const verification = verdict.isGood ? ("good" as const) : ("damaged" as const);
  const saved = await updateSnapshotRow(ctx.db, row.id, {
    verifiedAt: now,
    verification,
    metadata: withDamage(row, verdict),
  });
  const alsoHit = verdict.isGood ? [] : await flagOthers(ctx, job, row, now);
  publishSnapshots(ctx, row);
  return {
    snapshot: toSnapshot(saved ?? { ...row, verifiedAt: now, verification }),
    isGood: verdict.isGood,
    files: verdict.files,
    bytes: verdict.bytes,
    problem: verdict.manifestProblem,
    damaged: verdict.damaged.slice(0, shownPaths),
    damagedCount: verdict.damaged.length,
    alsoHit,
  };
}

/** Contents are shared: what is damaged in one may be damaged in others. */
async function flagOthers(
  ctx: Ctx,
  job: Pick<JobControl, "signal">,
  row: SnapshotRow,
  now: Date,
): Promise<Snapshot["id"][]> {
  const verdicts = await ctx.snapshots.engine.verifyAll({ signal: job.signal });
  const known = new Map((await listByStatus(ctx.db, "complete")).map((other) => [other.id, other]));
  const hit: Snapshot["id"][] = [];
  for (const verdict of verdicts) {
    const other = known.get(verdict.id);
    if (verdict.isGood || !other || other.id === row.id) continue;
    hit.push(other.id);
    const metadata = withDamage(other, verdict);
    await updateSnapshotRow(ctx.db, other.id, { verifiedAt: now, verification: "damaged", metadata });
  }
  ctx.log.error({ snapshots: [row.id, ...hit] }, "snapshots are damaged on disk");
  return hit;
}

function withDamage(
  { metadata }: Pick<SnapshotRow, "metadata">,
  { damaged }: Pick<Verdict, "damaged">,
): SnapshotRow["metadata"] {
  const { damage: _before, ...rest } = metadata;
  if (damaged.length === 0) return rest;
  const files = damaged.slice(0, keptPaths).map(({ path, problem }) => ({ path: path.slice(0, 500), problem }));
  return { ...rest, damage: { count: damaged.length, files } };
}

/** Restores into a temporary folder, where every content is compared once more, and throws the copy away. */
async function rehearse(
  ctx: Ctx,
  job: Pick<JobControl, "signal" | "step" | "progress">,
  row: SnapshotRow,
): Promise<void> {
  job.step("extract");
  const target = join(ctx.dataDir.paths.extractions, `drill-${randomUUID()}`);
  try {
    await ctx.snapshots.engine.restoreSnapshot({
      id: row.id,
      target,
      signal: job.signal,
      onProgress: ({ bytes, totalBytes }) => job.progress(bytes, totalBytes, "bytes"),
    });
  } finally {
    await rm(target, { recursive: true, force: true });
  }
}

function missingManifest(error: unknown, row: SnapshotRow): Verdict {
  if (!isAppError(error) || (error.code !== "SNAPSHOT_NOT_FOUND" && error.code !== "SNAPSHOT_DAMAGED")) throw error;
  const manifestProblem = error.message;
  return { id: row.id, isGood: false, manifestProblem, damaged: [], files: row.fileCount, bytes: row.size };
}
