import { approvedProcedure, router } from "@/server/trpc/procedures";
import { guardStream } from "@/server/trpc/stream-guard";
import { jobIdInputSchema, listJobsInputSchema } from "../contract";
import { cancelJob, getJob, listJobs } from "./read-jobs";

export const jobsRouter = router({
  list: approvedProcedure.input(listJobsInputSchema).query(({ ctx, input }) => listJobs(ctx.verb, input)),
  get: approvedProcedure.input(jobIdInputSchema).query(({ ctx, input }) => getJob(ctx.verb, input)),
  cancel: approvedProcedure.input(jobIdInputSchema).mutation(({ ctx, input }) => cancelJob(ctx.verb, input)),
  /** The job as it is, then every change until it ends. */
  progress: approvedProcedure.input(jobIdInputSchema).subscription(async function* ({ ctx, input }) {
    const { signal, release } = guardStream(ctx);
    const changes = ctx.services.events.subscribe(signal);
    try {
      const job = await getJob(ctx.verb, input);
      yield job;
      if (job.status !== "running") return;
      for await (const { event } of changes) {
        const next =
          event.kind === "job" && event.job.id === input.jobId
            ? event.job
            : event.kind === "lagged"
              ? await getJob(ctx.verb, input)
              : null;
        if (next) yield next;
        if (next && next.status !== "running") return;
      }
    } finally {
      release();
    }
  }),
});
