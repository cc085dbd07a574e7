import type { JobControl } from "../../jobs/server/job-runner";
import type { StartProgress } from "../../launch/server/launch-strategy";

/** Shows on the job how far what a start has to fetch first has come. */
export function showProgress(job: JobControl): StartProgress {
  let shown: string | null = null;
  return (step, done, total) => {
    if (shown !== step) job.step(step);
    shown = step;
    job.progress(done, total, "bytes");
  };
}
