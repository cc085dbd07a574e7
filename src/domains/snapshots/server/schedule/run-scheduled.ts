import { systemActor } from "@/server/auth/actor";
import type { Services } from "@/server/context";
import { outlastOutage } from "@/server/db/outlast-outage";
import { AppError, toErrorBody } from "@/server/errors";
import { causedBy } from "../../../servers/server/policy";
import type { TrackedServer } from "../../../servers/server/tracked-server";
import { publishSnapshots } from "../publish-snapshots";
import { findNewestGood } from "../repository";
import { findWorlds } from "../resolve-resource";
import { applyRetention } from "../retention/apply-retention";
import { startSnapshot } from "../start-snapshot";
import { requireSetter } from "./require-setter";
import { closeRun, openRun, type RunRow, type ScheduleRow } from "./schedules-repository";

const actor = systemActor("backup-schedule");

/** One turn of a schedule. What goes wrong is written down with it; there is no second try before the next turn. */
export async function runScheduled(services: Services, row: ScheduleRow, dueAt: Date): Promise<void> {
  const { db, supervisor, clock, log } = services;
  const tracked = supervisor.find(row.serverId);
  if (!tracked) return;
  const run = await openRun(db, row.serverId, dueAt);
  if (!run) return;
  const outcome: Outcome = { result: "complete", reason: null, snapshotId: null };
  try {
    await takeTurn(services, { row, tracked, outcome });
  } catch (error) {
    const { code, message } = toErrorBody(error, String(run.id));
    log.warn({ err: error, serverId: row.serverId, dueAt }, "a scheduled snapshot failed");
    Object.assign(outcome, { result: "failed", reason: code });
    // A snapshot that had begun tells its failure itself.
    if (outcome.snapshotId === null)
      void supervisor.recorder.note(tracked, "snapshot-failed", causedBy(actor), { type: "scheduled", code, message });
  }
  const finishedAt = clock.now();
  await outlastOutage(() => closeRun(db, run.id, { ...outcome, finishedAt }), services);
  publishSnapshots(services, { serverId: row.serverId, ownerId: tracked.record.ownerId });
  if (outcome.result === "complete") await applyRetention(services, row.serverId);
}

type Outcome = Pick<RunRow, "result" | "reason" | "snapshotId">;

/** Writes into `outcome` as it goes: which snapshot it has begun is known also when that one fails. */
async function takeTurn(
  services: Services,
  { row, tracked, outcome }: { row: ScheduleRow; tracked: TrackedServer; outcome: Outcome },
): Promise<void> {
  const { db, dataDir } = services;
  const { schedule } = row;
  const { record } = tracked;
  await requireSetter(db, record, row.setBy);
  if (schedule.onlyIfPlayed && !(await hasBeenPlayed(services, row, tracked)))
    return void Object.assign(outcome, { result: "skipped", reason: "NOT_PLAYED" });
  const paths = schedule.resource === "world" ? await findWorlds(dataDir.paths, record.id) : [""];
  if (paths.length === 0) throw new AppError("PATH_NOT_FOUND", "The server has no world yet.", { path: "world" });
  for (const path of paths) {
    const begun = await startSnapshot({ ...services, actor }, record, {
      resource: schedule.resource,
      path,
      type: "scheduled",
      whenNotQuiet: schedule.whenNotQuiet,
    });
    outcome.snapshotId ??= begun.row.id;
    await begun.done;
  }
}

async function hasBeenPlayed({ db }: Services, row: ScheduleRow, tracked: TrackedServer): Promise<boolean> {
  const { playersOnline } = tracked.live;
  const isUnknown = tracked.record.state === "running" && playersOnline === null;
  if (isUnknown || (playersOnline ?? 0) > 0) return true;
  const last = await findNewestGood(db, row.serverId);
  return !last || (row.playedAt !== null && row.playedAt > last.createdAt);
}
