import type { Ctx } from "@/server/context";
import { outlastOutage } from "@/server/db/outlast-outage";
import { linkSignals } from "@/server/link-signals";
import type { JobControl } from "../../../jobs/server/job-runner";
import { causedBy } from "../policy";
import { showProgress } from "../show-progress";
import type { TrackedServer } from "../tracked-server";
import { type ChangeRow, updateChange } from "./changes-repository";
import { describeFailure, notProved } from "./put-back";
import { watchTrial } from "./watch-trial";

/** Starts the new version and watches it until it has proved itself; rejects with CHANGE_PUT_BACK and a `Failure` or with why the trial was broken off. */
export async function tryVersion(
  ctx: Ctx,
  job: JobControl,
  { tracked, change }: { tracked: TrackedServer; change: ChangeRow },
): Promise<void> {
  job.step("start");
  await outlastOutage(() => updateChange(ctx.db, change.serverId, { phase: "trial" }), ctx);
  const breakOff = () => tracked.launching?.abort(job.signal.reason);
  job.signal.addEventListener("abort", breakOff);
  try {
    await ctx.supervisor.launch(tracked, causedBy(ctx.actor), showProgress(job));
  } catch (error) {
    job.signal.throwIfAborted();
    throw notProved(await describeFailure(ctx, tracked, { reason: "start_failed", error }));
  } finally {
    job.signal.removeEventListener("abort", breakOff);
  }
  await followTrial(ctx, job, tracked);
}

/** The rest of a trial whose server has been launched, perhaps by a mcsd before this one. */
export async function followTrial(ctx: Ctx, job: JobControl, tracked: TrackedServer): Promise<void> {
  job.step("boot");
  const either = linkSignals(job.signal, ctx.shutdown);
  try {
    const reason = await watchTrial(ctx, tracked, {
      signal: either.signal,
      onReady(healthyUntil) {
        job.step("trial");
        tracked.trial = { healthyUntil };
        ctx.supervisor.recorder.publish(tracked);
      },
    });
    if (reason) throw notProved(await describeFailure(ctx, tracked, { reason }));
  } finally {
    either.release();
  }
}
