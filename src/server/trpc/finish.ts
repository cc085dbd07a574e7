/** What a long operation answers. `wait`: its result; else the job to follow. A failure is in the job either way. */
export async function finish<Result>(
  work: { jobId: string; done: Promise<Result> },
  wait = false,
): Promise<Result | { jobId: string }> {
  if (wait) return work.done;
  work.done.catch(() => {});
  return { jobId: work.jobId };
}
