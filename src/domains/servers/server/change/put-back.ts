import type { Ctx } from "@/server/context";
import { outlastOutage } from "@/server/db/outlast-outage";
import { AppError, isAppError } from "@/server/errors";
import { readLogBack } from "../../../console/server/read-log-back";
import type { JobControl } from "../../../jobs/server/job-runner";
import { putBackTree } from "../../../snapshots/server/restore/put-back-tree";
import type { PutBackReason } from "../../change-contract";
import type { EndReport } from "../../contract";
import { causedBy } from "../policy";
import { findServerRecord, updateServerRow } from "../repository";
import type { TrackedServer } from "../tracked-server";
import { type ChangeRow, updateChange } from "./changes-repository";
import { startAgain } from "./start-again";

/** Why the new version does not stay, in terms that a page can put into words. */
export interface Failure {
  reason: PutBackReason;
  cause: string | null;
  params: EndReport["params"];
  /** The log lines that prove it. */
  evidence: string[];
}

const shownLines = 15;

/**
 * Back to what was before a change: its files, byte for byte, its row, and the server running if it ran. The phase is written first, so
 * that a crash at any line is taken up again where it was. Needs the lock.
 */
export async function putBack(
  ctx: Ctx,
  job: JobControl,
  { tracked, change }: { tracked: TrackedServer; change: ChangeRow },
): Promise<void> {
  const { serverId, snapshotId, before } = change;
  if (!snapshotId) throw new AppError("NOTHING_TO_UNDO", "There is no snapshot from before.", { serverId });
  const by = causedBy(ctx.actor);
  await outlastOutage(() => updateChange(ctx.db, serverId, { phase: "putting_back" }), ctx);
  showStep(job, "put_back");
  const isStopWanted = wasStoppedByPeople(tracked);
  // What it writes is thrown away: nobody has to wait until it has saved.
  if (tracked.launching || tracked.handle) await ctx.supervisor.kill(tracked, by);
  ctx.supervisor.requireAction(tracked, "restore");
  await putBackTree(ctx, {
    record: tracked.record,
    snapshotId,
    signal: ctx.shutdown,
    onProgress: (bytes, total) => job.progress(bytes, total, "bytes"),
  });
  const isToRun = change.wasRunning && !isStopWanted;
  const desiredState = isToRun ? ("running" as const) : ("stopped" as const);
  const save = () =>
    ctx.db.transaction(async (tx) => {
      await updateServerRow(tx, serverId, { ...before, desiredState, updatedAt: ctx.clock.now() });
      await updateChange(tx, serverId, { phase: "restarting", wasRunning: isToRun });
    });
  await outlastOutage(save, ctx);
  const saved = await outlastOutage(() => findServerRecord(ctx.db, serverId), ctx);
  tracked.trial = null;
  if (saved) ctx.supervisor.put(saved);
  await startAgain(ctx, job, { tracked, isToRun });
}

/** What there is to say about an end, a silence or an error. */
export async function describeFailure(
  ctx: Pick<Ctx, "consoleLogPath">,
  tracked: TrackedServer,
  failure: { reason: PutBackReason; error?: unknown },
): Promise<Failure> {
  const { reason, error } = failure;
  const { lastEnd } = tracked.record;
  if ((reason === "ended" || reason === "start_failed") && lastEnd) {
    const { cause, params, evidence } = lastEnd;
    return { reason, cause, params, evidence };
  }
  if (error !== undefined)
    return { reason, cause: isAppError(error) ? error.code : null, params: {}, evidence: messageOf(error) };
  const lines = await readLogBack({ path: ctx.consoleLogPath(tracked.record.id), lines: shownLines }).catch(() => []);
  const own = lines.filter(({ id }) => BigInt(id) >= BigInt(tracked.firstLine ?? "0"));
  return { reason, cause: null, params: {}, evidence: own.map(({ text }) => text.slice(0, 500)) };
}

export function notProved(failure: Failure, more: Record<string, unknown> = {}): AppError {
  const sentence = "The new version did not prove itself. All is as it was before.";
  return new AppError("CHANGE_PUT_BACK", sentence, { ...more, ...failure });
}

/** The last step cannot be broken off, and a broken-off job shows no step. */
export function showStep(job: JobControl, name: string): void {
  if (!job.signal.aborted) job.step(name);
}

function wasStoppedByPeople({ record: { state, desiredState, lastEnd } }: TrackedServer): boolean {
  if (state !== "stopped" || desiredState !== "stopped" || !lastEnd || lastEnd.isCrash) return false;
  return lastEnd.cause === "stopped_by_command" || lastEnd.cause === "stopped_from_outside";
}

function messageOf(error: unknown): string[] {
  return isAppError(error) ? [error.message] : [];
}
