import { expect, it } from "vitest";
import type { Job } from "@/domains/jobs/contract";
import { makingJob } from "./making-job";

const job = (kind: Job["kind"], status: Job["status"] = "running") => ({ kind, status }) as Job;

it("finds the job that makes a snapshot", () => {
  const jobs = [
    job("snapshots.verify"),
    job("snapshots.create", "failed"),
    job("snapshots.create"),
    job("snapshots.import"),
  ];
  expect(makingJob({ status: "running", type: "manual" }, jobs)).toBe(jobs[2]);
  expect(makingJob({ status: "running", type: "imported" }, jobs)).toBe(jobs[3]);
  expect(makingJob({ status: "running", type: "pre_restore" }, jobs)).toBeUndefined();
  expect(makingJob({ status: "complete", type: "manual" }, jobs)).toBeUndefined();
});
