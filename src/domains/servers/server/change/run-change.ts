import { chown, mkdir, rm } from "node:fs/promises";
import type { Ctx } from "@/server/context";
import { outlastOutage } from "@/server/db/outlast-outage";
import { AppError, isAppError, toErrorBody } from "@/server/errors";
import { requireSpace } from "@/server/fs/free-space";
import type { JobControl } from "../../../jobs/server/job-runner";
import { openSnapshot, takeSnapshot } from "../../../snapshots/server/take-snapshot";
import type { ChosenVersion } from "../choose-version";
import { stagingFolder } from "../lay-out-folder";
import { obtainProgram } from "../obtain-program";
import { causedBy } from "../policy";
import { findServerRecord, updateServerRow } from "../repository";
import { serverUid } from "../server-uid";
import type { ProgramFields } from "../table";
import type { TrackedServer } from "../tracked-server";
import { uidBaseOf } from "../uid-base";
import { type ChangeRow, findChange, updateChange } from "./changes-repository";
import { placeProgram } from "./place-program";
import { describeFailure, type Failure, notProved, putBack } from "./put-back";
import { startAgain } from "./start-again";
import { tryVersion } from "./try-version";

export interface ChangePlan {
  tracked: TrackedServer;
  change: ChangeRow;
  chosen: ChosenVersion;
  /** It is started to see whether it works. */
  isTried: boolean;
}

/**
 * A change of version under the server's lock. Until its files and row change every failure leaves all as it was; from then on what does
 * not prove itself is put back. When mcsd ends in between, the next boot goes on from the phase that is written down.
 */
export async function runChange(ctx: Ctx, job: JobControl, plan: ChangePlan): Promise<void> {
  const { tracked, change, isTried } = plan;
  const staging = stagingFolder(ctx.dataDir.paths, change.serverId);
  try {
    const placeIn = await obtainProgram(ctx, job, plan.chosen);
    const uid = serverUid(uidBaseOf(ctx.env), tracked.record);
    await rm(staging, { recursive: true, force: true });
    await mkdir(staging, { mode: 0o700 });
    if (uid !== null) await chown(staging, uid, uid);
    const obtained = await placeIn(staging, uid);
    const after: ProgramFields = { ...change.after, ...obtained };
    const snapshotId = await keepServer(ctx, job, plan);
    job.step("swap");
    await commitChange(ctx, plan, { after, snapshotId });
    tracked.trial = { healthyUntil: null };
    await ctx.files.inTurn(change.serverId, () =>
      placeProgram(staging, ctx.dataDir.paths.serverFolder(change.serverId)),
    );
    await rm(staging, { recursive: true, force: true });
    if (isTried) await tryVersion(ctx, job, { tracked, change });
    await finishChange(ctx, job, { tracked, change });
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    await takeBack(ctx, job, { tracked, serverId: change.serverId, error });
  } finally {
    tracked.trial = null;
    ctx.supervisor.recorder.publish(tracked);
  }
}

/** The server ends, if it runs, and then all of it is kept: what was played until then is not lost, whatever comes. */
async function keepServer(ctx: Ctx, job: JobControl, { tracked, change }: ChangePlan): Promise<string> {
  const { serverId, wasRunning } = change;
  await updateChange(ctx.db, serverId, { phase: "stopping" });
  if (wasRunning) {
    job.step("stop");
    await ctx.supervisor.halt(tracked, { by: causedBy(ctx.actor), how: "restart" }, false);
  }
  ctx.supervisor.requireAction(tracked, "update");
  const { after } = change;
  const note = `${after.type} ${after.version}${after.build ? ` (${after.build})` : ""}`;
  const opened = await ctx.db.transaction((tx) =>
    openSnapshot(ctx, tx, tracked.record, { resource: "server_full", path: "", type: "pre_update", note }),
  );
  const row = await takeSnapshot(ctx, { tracked, row: opened, job });
  // Without room for it there would be no way back.
  await requireSpace(ctx.dataDir.paths.servers, row.size);
  return row.id;
}

/** From here on the row says the new version, and what is written down beside it how to undo that: both or neither. */
async function commitChange(
  ctx: Ctx,
  { tracked, change, isTried }: ChangePlan,
  { after, snapshotId }: { after: ProgramFields; snapshotId: string },
): Promise<void> {
  const { serverId } = change;
  const wanted = isTried ? { desiredState: "running" as const } : {};
  await ctx.db.transaction(async (tx) => {
    await updateServerRow(tx, serverId, { ...after, ...wanted, updatedAt: ctx.clock.now() });
    await updateChange(tx, serverId, { phase: "changing", snapshotId, after });
  });
  Object.assign(change, { snapshotId, after });
  const saved = await findServerRecord(ctx.db, serverId);
  if (saved) ctx.supervisor.put(saved);
  else throw new AppError("SERVER_NOT_FOUND", "The server is gone.", { serverId: tracked.record.id });
}

/** The new version stays; a server that was not running stops again. */
export async function finishChange(
  ctx: Ctx,
  job: JobControl,
  { tracked, change }: { tracked: TrackedServer; change: ChangeRow },
): Promise<void> {
  const { serverId, wasRunning, before, after, snapshotId } = change;
  job.seal();
  const by = causedBy(ctx.actor);
  const desiredState = wasRunning ? ("running" as const) : ("stopped" as const);
  await outlastOutage(
    () =>
      ctx.db.transaction(async (tx) => {
        await updateServerRow(tx, serverId, { desiredState });
        await updateChange(tx, serverId, { phase: "done" });
      }),
    ctx,
  );
  tracked.record.desiredState = desiredState;
  tracked.trial = null;
  void ctx.supervisor.recorder.note(tracked, "version-changed", by, { ...toldOf({ before, after }), snapshotId });
  if (wasRunning || !tracked.handle) return;
  await ctx.supervisor.halt(tracked, { by, how: "stop" }, false);
}

interface TakeBack {
  tracked: TrackedServer;
  serverId: string;
  error: unknown;
}

/** After a failure, by how far the change had come. Always throws: with what went wrong, and what has become of it. */
export async function takeBack(ctx: Ctx, job: JobControl, { tracked, serverId, error }: TakeBack): Promise<never> {
  // What mcsd's own end cuts off is settled at its next boot.
  if (ctx.shutdown.aborted) throw error;
  const change = await outlastOutage(() => findChange(ctx.db, serverId), ctx);
  const by = causedBy(ctx.actor);
  if (!change || change.phase === "done") throw error;
  const told = toldOf(change);
  if (change.phase === "preparing" || change.phase === "stopping") {
    const isToRun = change.wasRunning && tracked.record.desiredState === "running";
    await outlastOutage(() => updateChange(ctx.db, serverId, { phase: "restarting", wasRunning: isToRun }), ctx);
    await startAgain(ctx, job, { tracked, isToRun });
    const { code, message } = toErrorBody(error, job.id);
    void ctx.supervisor.recorder.note(tracked, "change-failed", by, { ...told, code, message });
    throw error;
  }
  const failure =
    isAppError(error) && error.code === "CHANGE_PUT_BACK"
      ? (error.details as unknown as Failure)
      : await describeFailure(ctx, tracked, { reason: job.signal.aborted ? "cancelled" : "failed", error });
  if (failure.reason === "failed") ctx.log.warn({ err: error, serverId }, "a change of version failed");
  await putBack(ctx, job, { tracked, change });
  void ctx.supervisor.recorder.note(tracked, "change-put-back", by, { ...told, ...failure });
  throw notProved(failure, told);
}

export function toldOf({ before, after }: Pick<ChangeRow, "before" | "after">) {
  const tell = ({ type, version, build }: ProgramFields) => ({ type, version, build });
  return { before: tell(before), after: tell(after) };
}
