import type { Ctx } from "@/server/context";
import { AppError, isAppError } from "@/server/errors";
import type { JobControl } from "../../jobs/server/job-runner";
import type { TrackedServer } from "../../servers/server/tracked-server";
import type { SnapshotMetadata } from "../contract";
import type { CaptureReport, SnapshotRun } from "./engine/snapshot-run";

const tries = 3;
/** A large world's last save takes its time; longer than this is a game that hangs. */
const outcomeMs = 180_000;

export interface Captured {
  report: CaptureReport;
  metadata: Pick<SnapshotMetadata, "savingOffMs" | "isCrashConsistent">;
}

/**
 * Reads what changed while the game keeps still, and makes sure that it did: a game that ended or was told to save in between is
 * read again. Saving is on again, or being switched on, in every outcome.
 */
export async function captureQuietly(
  ctx: Pick<Ctx, "snapshots">,
  options: {
    tracked: TrackedServer;
    run: Pick<SnapshotRun, "capture">;
    job: Pick<JobControl, "signal" | "step">;
    whenNotQuiet: "fail" | "crash_consistent";
  },
): Promise<Captured> {
  const { tracked, run, job, whenNotQuiet } = options;
  let savingOffMs = 0;
  try {
    for (let attempt = 0; attempt < tries; attempt++) {
      job.step("quiesce");
      const quiet = await ctx.snapshots.saving.quiesce(tracked, job.signal);
      let report: CaptureReport;
      try {
        job.step("finish");
        report = await run.capture();
      } catch (error) {
        await quiet.release();
        throw error;
      }
      const { outcome, offMs } = await quiet.release(outcomeMs);
      savingOffMs = Math.max(savingOffMs, offMs);
      if (outcome === "ended") {
        // It may have saved once more while we read; now nothing writes any more.
        await tracked.ended;
        return { report: await run.capture(), metadata: { savingOffMs: 0 } };
      }
      if (outcome === "on" && !quiet.isBroken) return { report, metadata: { savingOffMs } };
      if (outcome === "pending") break;
    }
    throw new AppError("NOT_QUIET", "The game did not keep still while its files were read.", { reason: "restless" });
  } catch (error) {
    if (whenNotQuiet === "fail" || !isAppError(error) || error.code !== "NOT_QUIET") throw error;
    return { report: await run.capture(), metadata: { savingOffMs, isCrashConsistent: true } };
  }
}
