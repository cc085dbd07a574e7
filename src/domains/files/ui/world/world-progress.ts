import type { Job } from "@/domains/jobs/contract";

/** What the job of a world goes through, after its archive was sent. */
const steps: readonly (string | null)[] = ["unpack", "read", "extract", "pre_restore", "swap"];
/** Sending and everything after it, as one way from 0 to 100. */
const phases = steps.length + 1;

/** How far an archive that is being sent is on its way to be a world. */
export function sentShare(sent: number, size: number): number {
  return size === 0 ? 0 : (Math.min(sent, size) / size / phases) * 100;
}

/** How far its job is. What a step has done is unknown for a moment at its beginning. */
export function jobShare({ step, done, total, status }: Pick<Job, "step" | "done" | "total" | "status">): number {
  if (status === "succeeded") return 100;
  const at = steps.indexOf(step);
  const share = done !== null && total ? Math.min(1, done / total) : 0;
  return ((1 + Math.max(0, at) + (at < 0 ? 0 : share)) / phases) * 100;
}
