import { z } from "zod";

/** How a server's process is run. The kind is stored per server. */
export const launchKinds = ["host", "dood", "dind"] as const;
export const launchKindSchema = z.enum(launchKinds);
export type LaunchKind = z.infer<typeof launchKindSchema>;

/** Why a process that may be there cannot be tracked. */
export const trackLossReasons = ["paused", "twins", "engine_unreachable", "unidentified"] as const;

export const kindProblems = [
  "not_linux",
  "engine_unreachable",
  "engine_denied",
  "engine_refused",
  "other_engine",
  "not_mounted",
  "not_privileged",
  "no_engine_program",
  "engine_ended",
] as const;

/** Whether a kind can be used here. */
export const kindCheckSchema = z.object({
  kind: launchKindSchema,
  isAvailable: z.boolean(),
  problem: z.enum(kindProblems).nullable(),
  /** The fault in the engine's or our own words, English. */
  message: z.string().nullable(),
  engine: z
    .object({
      address: z.string(),
      version: z.string(),
      apiVersion: z.string(),
      os: z.string(),
      cpus: z.number(),
      memoryBytes: z.number(),
      storageDriver: z.string(),
      /** Servers outlive an engine that is restarted. */
      isLiveRestore: z.boolean(),
      /** mcsd itself is a container of this engine. */
      isOwnHost: z.boolean(),
      warnings: z.array(z.string()),
    })
    .nullable(),
});
export type KindCheck = z.infer<typeof kindCheckSchema>;
export type KindProblem = (typeof kindProblems)[number];

/** How a process ended, as far as it can be known. */
export const exitInfoSchema = z.object({
  /** Exit code, or null when it ended by a signal or nobody saw it. */
  code: z.number().int().nullable(),
  /** Signal name such as `SIGKILL`, or null. */
  signal: z.string().nullable(),
  outOfMemory: z.boolean(),
  /** ISO 8601, UTC. */
  at: z.string(),
});
export type ExitInfo = z.infer<typeof exitInfoSchema>;
