import type { Ctx } from "@/server/context";
import type { JobControl } from "../../jobs/server/job-runner";
import type { TrackedServer } from "../../servers/server/tracked-server";
import { openSnapshot, takeSnapshot } from "./take-snapshot";

/**
 * The first snapshot of a new server, while nobody can do anything to it. A server without one is worth more than none: a failure is
 * seen in the list of snapshots and the timeline, and loses nothing.
 */
export async function takeInitialSnapshot(ctx: Ctx, job: JobControl, tracked: TrackedServer): Promise<void> {
  const { record } = tracked;
  const { release } = ctx.supervisor.lock(record.id, "snapshot");
  try {
    const row = await ctx.db.transaction((tx) =>
      openSnapshot(ctx, tx, record, { resource: "server_full", path: "", type: "initial" }),
    );
    await takeSnapshot(ctx, { tracked, row, job });
  } catch (error) {
    ctx.log.warn({ err: error, serverId: record.id }, "the initial snapshot of a server failed");
  } finally {
    release();
  }
}
