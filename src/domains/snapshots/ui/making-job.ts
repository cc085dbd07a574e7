import type { Job } from "@/domains/jobs/contract";
import type { Snapshot } from "../contract";

const restoring: ReadonlySet<Job["kind"]> = new Set([
  "snapshots.restore",
  "snapshots.restoreFiles",
  "snapshots.replaceWorld",
  "snapshots.undoRestore",
]);

/** The job that makes a snapshot: a server has at most one in the making, besides archives that are imported. */
export function makingJob(snapshot: Pick<Snapshot, "status" | "type">, jobs: readonly Job[]): Job | undefined {
  if (snapshot.status !== "running") return undefined;
  const isMaker = ({ kind }: Job) =>
    snapshot.type === "imported"
      ? kind === "snapshots.import" || kind === "snapshots.replaceWorld"
      : snapshot.type === "pre_restore"
        ? restoring.has(kind)
        : kind === "snapshots.create" || kind === "servers.create";
  return jobs.find((job) => job.status === "running" && isMaker(job));
}
