import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import type { Ctx } from "@/server/context";
import type { Transaction } from "@/server/db/connect";
import { outlastOutage } from "@/server/db/outlast-outage";
import { AppError, isAppError, toErrorBody } from "@/server/errors";
import type { JobControl } from "../../../jobs/server/job-runner";
import { runsOfSnapshot, saveRuns, showRuns } from "../../../servers/server/change/restored-runs";
import { causedBy } from "../../../servers/server/policy";
import type { ServerRecord } from "../../../servers/server/repository";
import { serverUid } from "../../../servers/server/server-uid";
import type { TrackedServer } from "../../../servers/server/tracked-server";
import { uidBaseOf } from "../../../servers/server/uid-base";
import { keptOnRestore } from "../excludes";
import { publishSnapshots } from "../publish-snapshots";
import { lookInside } from "../resolve-resource";
import type { RestoreRow, SnapshotRow } from "../table";
import { openSnapshot, takeSnapshot } from "../take-snapshot";
import { freshFolder, oldOf, type RestoreFacts, removeAside, replacePaths, settleReplacement } from "./replace-paths";
import { insertRestore, markUndone } from "./restores-repository";

export interface RestorePlan {
  restoreId: string;
  record: ServerRecord;
  tracked: TrackedServer;
  /** What is put back. */
  row: SnapshotRow;
  /** Which paths of the server's folder become what they were; `[""]` is all of it. */
  paths: readonly string[];
  /** Stop a running server for it and start it again. */
  isRestart: boolean;
  /** The restore that this one undoes. */
  undoes?: RestoreRow;
}

/**
 * Restores under the server's lock: unpacked beside and verified while a running game still runs, then stopped, what is there kept as a
 * snapshot of its own, and swapped by rename. Until the swap every failure leaves all as it was.
 */
export async function runRestore(ctx: Ctx, job: JobControl, plan: RestorePlan): Promise<void> {
  const { record, tracked, row, restoreId, paths } = plan;
  const by = causedBy(ctx.actor);
  const { engine, uses } = ctx.snapshots;
  const aside = ctx.dataDir.paths.restoreFolder(restoreId);
  const live = ctx.dataDir.paths.serverFolder(record.id);
  const about = {
    snapshotId: row.id,
    version: row.version,
    resource: row.resource,
    paths: paths.slice(0, 20),
    restoreId,
  };
  const release = uses.hold(row.id);
  try {
    job.step("extract");
    await mkdir(aside, { recursive: true, mode: 0o700 });
    await extract(ctx, job, plan);
    if (plan.isRestart && tracked.record.state === "running") {
      job.step("stop");
      await ctx.supervisor.halt(tracked, { by, how: "restart" }, false);
    }
    ctx.supervisor.requireAction(tracked, "restore");
    job.step("pre_restore");
    const preRestoreId = await keepPresent(ctx, job, plan);
    job.seal();
    job.step("swap");
    const facts: RestoreFacts = {
      restoreId,
      serverId: record.id,
      snapshotId: row.id,
      preRestoreId,
      resource: row.resource,
      paths: [...paths],
      undoes: plan.undoes?.id ?? null,
      runs: paths.includes("") ? await runsOfSnapshot(ctx, row, tracked.record) : null,
    };
    await ctx.files.inTurn(record.id, () => replacePaths(engine, { aside, live }, facts));
    await finishRestore(ctx, facts);
    if (facts.runs) await showRuns(ctx, record.id);
    void ctx.supervisor.recorder.note(tracked, plan.undoes ? "restore-undone" : "restored", by, {
      ...about,
      preRestoreId,
      ...(facts.runs && { runs: `${facts.runs.type} ${facts.runs.version}` }),
    });
  } catch (error) {
    const { code, message } = toErrorBody(error, job.id);
    const { tree } = await settleReplacement(aside, () => live);
    if (tree === "old") await removeAside(aside);
    void ctx.supervisor.recorder.note(tracked, "restore-failed", by, { ...about, code, message, tree });
    throw isAppError(error)
      ? new AppError(error.code, error.message, { ...error.details, tree }, { cause: error })
      : error;
  } finally {
    release();
    publishSnapshots(ctx, row);
    if (plan.isRestart) await startAgain(ctx, job, plan);
  }
}

async function extract(ctx: Ctx, job: JobControl, { record, row, paths, restoreId }: RestorePlan): Promise<void> {
  const uid = serverUid(uidBaseOf(ctx.env), record);
  await ctx.snapshots.engine.restoreSnapshot({
    id: row.id,
    target: freshFolder(ctx.dataDir.paths.restoreFolder(restoreId)),
    ...(paths.includes("") ? {} : { paths }),
    ...(uid === null ? {} : { owner: { uid, gid: uid } }),
    signal: job.signal,
    onProgress: ({ bytes, totalBytes }) => job.progress(bytes, totalBytes, "bytes"),
  });
}

/** What is there now becomes a snapshot of type `pre_restore`. Null when there is nothing. */
async function keepPresent(ctx: Ctx, job: JobControl, { tracked, row }: RestorePlan): Promise<string | null> {
  const { resource, path } = row;
  const { record } = tracked;
  if (path !== "" && !(await lookInside(ctx.dataDir.paths.serverFolder(record.id), path))) return null;
  const opened = await ctx.db.transaction((tx) =>
    openSnapshot(ctx, tx, record, { resource, path, type: "pre_restore", note: "" }),
  );
  const kept = { step: () => {}, progress: job.progress, signal: job.signal };
  return (await takeSnapshot(ctx, { tracked, row: opened, job: kept })).id;
}

/** What is left to do once the new tree stands; also after a crash, and then perhaps again. */
export async function finishRestore(
  ctx: Pick<Ctx, "db" | "clock" | "dataDir" | "shutdown">,
  { restoreId, undoes, runs, ...facts }: RestoreFacts,
): Promise<void> {
  const { paths } = ctx.dataDir;
  if (facts.paths.includes(""))
    await takeOver(oldOf(paths.restoreFolder(restoreId), 0), paths.serverFolder(facts.serverId));
  const now = ctx.clock.now();
  // Undoing an undo is another restore: the row of an undo only keeps the old tree.
  const row = { id: restoreId, ...facts, restoredAt: now, isAside: true, undoneAt: undoes ? now : null };
  const save = async (tx: Transaction) => {
    await insertRestore(tx, row);
    if (undoes) await markUndone(tx, undoes, now);
    if (runs) await saveRuns(tx, facts.serverId, runs, now);
  };
  await outlastOutage(() => ctx.db.transaction(save), ctx);
}

/** Logs and crash reports are in no snapshot: they stay with the server. */
async function takeOver(old: string, live: string): Promise<void> {
  for (const name of keptOnRestore) {
    if (!(await lookInside(old, name)) || (await lookInside(live, name))) continue;
    await rename(join(old, name), join(live, name));
  }
}

/** A server that was running when its restore began runs again at its end, whichever tree it ended in. */
async function startAgain(ctx: Ctx, job: JobControl, { tracked }: RestorePlan): Promise<void> {
  const { record } = tracked;
  if (record.state !== "stopped" || record.desiredState !== "running") return;
  try {
    if (!job.signal.aborted) job.step("start");
    await ctx.supervisor.launch(tracked, causedBy(ctx.actor));
  } catch (error) {
    ctx.log.warn({ err: error, serverId: record.id }, "a server could not be started after its restore");
  }
}
