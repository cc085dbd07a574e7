import type { Job } from "@/domains/jobs/contract";

export const changeStepNames = ["download", "keep", "swap", "boot", "trial"] as const;
export type ChangeStep = (typeof changeStepNames)[number] | "put_back";

/** Which of the steps people are told of a job's own step belongs to. */
const stepOf: Readonly<Record<string, ChangeStep>> = {
  download: "download",
  stop: "keep",
  read: "keep",
  save: "keep",
  swap: "swap",
  start: "boot",
  image: "boot",
  boot: "boot",
  trial: "trial",
  put_back: "put_back",
};

/** The steps of a change of version with where the job stands; going back is one only where it happens. */
export function changeSteps({ step }: Pick<Job, "step">): { name: ChangeStep; state: "done" | "active" | "waiting" }[] {
  const active = step === null ? null : (stepOf[step] ?? null);
  if (active === "put_back")
    return [
      ...changeStepNames.slice(0, 3).map((name) => ({ name, state: "done" as const })),
      { name: active, state: "active" },
    ];
  const at = active === null ? -1 : changeStepNames.indexOf(active);
  return changeStepNames.map((name, index) => ({
    name,
    state: index < at ? "done" : index === at ? "active" : "waiting",
  }));
}
