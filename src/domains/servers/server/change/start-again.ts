import type { Ctx } from "@/server/context";
import { outlastOutage } from "@/server/db/outlast-outage";
import type { JobControl } from "../../../jobs/server/job-runner";
import { causedBy } from "../policy";
import type { TrackedServer } from "../tracked-server";
import { deleteChange } from "./changes-repository";

/** The end of a change that does not stand: a server that ran runs again, and then nothing is open any more. */
export async function startAgain(
  ctx: Ctx,
  job: JobControl,
  { tracked, isToRun }: { tracked: TrackedServer; isToRun: boolean },
): Promise<void> {
  const { record } = tracked;
  if (isToRun && record.state === "stopped") {
    if (!job.signal.aborted) job.step("start");
    await ctx.supervisor.launch(tracked, causedBy(ctx.actor)).catch((error) => {
      ctx.log.warn({ err: error, serverId: record.id }, "a server could not be started after its version was put back");
    });
  }
  await outlastOutage(() => deleteChange(ctx.db, record.id), ctx);
}
