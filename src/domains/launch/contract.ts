import { z } from "zod";

/** How a server's process is run. The kind is stored per server. */
export const launchKinds = ["host", "dood", "dind"] as const;
export const launchKindSchema = z.enum(launchKinds);
export type LaunchKind = z.infer<typeof launchKindSchema>;

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
