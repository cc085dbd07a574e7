import type { Job } from "@/domains/jobs/contract";
import type { ServerType } from "@/domains/versions/contract";

export type StepState = "done" | "active" | "waiting";

const stepNames = ["download", "layout", "save"];
const stepNamesWithInstaller = ["download", "layout", "install", "save"];

function namesOf(kind: Job["kind"] | undefined, type: ServerType | null): readonly string[] {
  if (kind === "servers.import") return ["inspect", "copy", "save"];
  if (kind === "servers.clone") return ["copy", "save"];
  if (type === "forge" || type === "neoforge") return stepNamesWithInstaller;
  return type === "custom" ? stepNames.slice(1) : stepNames;
}

/** The named steps of creating a server with where the job stands. An own jar is not downloaded. */
export function createSteps(
  job: Pick<Job, "step" | "status"> & { kind?: Job["kind"] },
  type: ServerType | null,
): { name: string; state: StepState }[] {
  const names = [...namesOf(job.kind, type)];
  // A step that this page does not know yet is shown where it happens.
  const place = job.step === "extract" ? 0 : names.length - 1;
  if (job.step !== null && !names.includes(job.step)) names.splice(place, 0, job.step);
  const at = job.step === null ? -1 : names.indexOf(job.step);
  return names.map((name, index) => ({
    name,
    state: job.status === "succeeded" || index < at ? "done" : index === at ? "active" : "waiting",
  }));
}
