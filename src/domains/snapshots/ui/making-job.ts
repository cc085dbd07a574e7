import type { Job } from "@/domains/jobs/contract";
import type { Snapshot } from "../contract";

/** The job that makes a snapshot: a server has at most one in the making, besides archives that are imported. */
export function makingJob(snapshot: Pick<Snapshot, "status" | "type">, jobs: readonly Job[]): Job | undefined {
  if (snapshot.status !== "running") return undefined;
  const isMaker = ({ kind }: Job) =>
    snapshot.type === "imported"
      ? kind === "snapshots.import"
      : snapshot.type === "pre_restore"
        ? kind === "snapshots.restore" || kind === "snapshots.restoreFiles" || kind === "snapshots.undoRestore"
        : kind === "snapshots.create" || kind === "servers.create";
  return jobs.find((job) => job.status === "running" && isMaker(job));
}
