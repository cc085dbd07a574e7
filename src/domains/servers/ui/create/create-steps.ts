import type { Job } from "@/domains/jobs/contract";
import type { ServerType } from "@/domains/versions/contract";

export type StepState = "done" | "active" | "waiting";

const stepNames = ["download", "layout", "save"];
const stepNamesWithInstaller = ["download", "layout", "install", "save"];

/** The named steps of creating a server with where the job stands. An own jar is not downloaded. */
export function createSteps(
  job: Pick<Job, "step" | "status">,
  type: ServerType | null,
): { name: string; state: StepState }[] {
  const hasInstaller = type === "forge" || type === "neoforge";
  const all = hasInstaller ? stepNamesWithInstaller : stepNames;
  const names = type === "custom" ? stepNames.slice(1) : [...all];
  // A step that this page does not know yet is shown where it happens.
  if (job.step !== null && !names.includes(job.step)) names.splice(names.length - 1, 0, job.step);
  const at = job.step === null ? -1 : names.indexOf(job.step);
  return names.map((name, index) => ({
    name,
    state: job.status === "succeeded" || index < at ? "done" : index === at ? "active" : "waiting",
  }));
}
