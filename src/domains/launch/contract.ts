import { z } from "zod";

/** How a server's process is run. The kind is stored per server. */
export const launchKinds = ["host", "dood", "dind"] as const;
export const launchKindSchema = z.enum(launchKinds);
export type LaunchKind = z.infer<typeof launchKindSchema>;

/** Sets of JVM flags for garbage collection. */
export const jvmPresets = ["none", "aikar", "zgc"] as const;
export const jvmPresetSchema = z.enum(jvmPresets);
export type JvmPreset = z.infer<typeof jvmPresetSchema>;

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
      /** All of the engine's, whoever made them. */
      containers: z.number(),
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

/** Java versions for which the servers' image has a tag (https://docker-minecraft-server.readthedocs.io/en/latest/versions/java/). */
export const imageJavas = [8, 11, 16, 17, 21, 25] as const;

/** The tag's Java for what a version asks for: the lowest that satisfies it. */
export function imageJava(javaMajor: number): number {
  return imageJavas.find((candidate) => candidate >= javaMajor) ?? javaMajor;
}

/** A server's container as people may see it. Never holds its environment. */
export const containerViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  image: z.string(),
  imageId: z.string(),
  /** In the engine's words: `running`, `exited`, `paused` … */
  state: z.string(),
  /** `healthy`, `unhealthy`, `starting`; null where the image has no check. */
  health: z.string().nullable(),
  /** ISO 8601; null when it never ran. */
  startedAt: z.string().nullable(),
  /** How often the engine itself has started it again. */
  restarts: z.number().int(),
  /** 0: no limit. */
  memoryLimitBytes: z.number(),
  networks: z.array(z.object({ name: z.string(), address: z.string() })),
  /** Ports of the engine's machine that lead to the container; `address` is the machine's, 0.0.0.0 for all. */
  ports: z.array(
    z.object({ port: z.number().int(), protocol: z.string(), address: z.string(), inside: z.number().int() }),
  ),
});
export type ContainerView = z.infer<typeof containerViewSchema>;

/** How a process ended, as far as it can be known. */
export const exitInfoSchema = z.object({
  /** Exit code, or null when it ended by a signal or nobody saw it. */
  code: z.number().int().nullable(),
  /** Signal name such as `SIGKILL`, or null. */
  signal: z.string().nullable(),
  outOfMemory: z.boolean(),
  /** It ended together with its engine or the machine: nobody's wish, whatever its code says. */
  withEngine: z.boolean().optional(),
  /** ISO 8601, UTC. */
  at: z.string(),
});
export type ExitInfo = z.infer<typeof exitInfoSchema>;
