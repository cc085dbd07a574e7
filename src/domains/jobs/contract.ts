import { z } from "zod";

export const jobStatuses = ["running", "succeeded", "failed", "cancelled", "interrupted"] as const;
export const jobStatusSchema = z.enum(jobStatuses);
export type JobStatus = z.infer<typeof jobStatusSchema>;

export const jobKinds = [
  "servers.create",
  "servers.import",
  "servers.clone",
  "servers.start",
  "servers.stop",
  "servers.restart",
  "servers.kill",
  "servers.delete",
  "servers.changeVersion",
  "servers.undoChange",
  "snapshots.create",
  "snapshots.import",
  "snapshots.restore",
  "snapshots.restoreFiles",
  "snapshots.replaceWorld",
  "snapshots.undoRestore",
  "snapshots.delete",
  "snapshots.prune",
  "snapshots.verify",
  "files.copy",
  "files.extract",
  "files.compress",
  "servers.installJava",
] as const;
export const jobKindSchema = z.enum(jobKinds);
export type JobKind = z.infer<typeof jobKindSchema>;

/** A long operation: progress while it runs, the truth about how it ended afterwards. */
export const jobSchema = z.object({
  id: z.uuid(),
  kind: jobKindSchema,
  status: jobStatusSchema,
  serverId: z.uuid().nullable(),
  /** What the job is about, for people: the server's name. */
  subject: z.string(),
  /** Named step, e.g. `download`, `verify`, `layout`, `save`, `read`, `quiesce`, `extract`, `swap`. */
  step: z.string().nullable(),
  /** Done and total in `unit`; null while unknown. */
  done: z.number().nullable(),
  total: z.number().nullable(),
  unit: z.enum(["bytes", "files"]).nullable(),
  /** The last lines of a program that the job runs at the moment. */
  output: z.array(z.string()).optional(),
  isCancellable: z.boolean(),
  error: z.object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()) }).nullable(),
  startedBy: z.string(),
  startedAt: z.date(),
  finishedAt: z.date().nullable(),
});
export type Job = z.infer<typeof jobSchema>;

export const jobIdInputSchema = z.object({ jobId: z.uuid() });
export const listJobsInputSchema = z.object({
  serverId: z.uuid().optional(),
  /** Only jobs that still run. */
  active: z.boolean().optional(),
  cursor: z.string().max(61).optional(),
  limit: z.number().int().min(1).max(100).default(30),
});
