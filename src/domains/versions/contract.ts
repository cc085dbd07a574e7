import { z } from "zod";

export const serverTypes = ["vanilla", "paper", "forge", "fabric", "neoforge", "purpur", "custom"] as const;
export const serverTypeSchema = z.enum(serverTypes);
export type ServerType = z.infer<typeof serverTypeSchema>;

/** Types that a server can be created with today. */
export const availableServerTypes = [
  "vanilla",
  "paper",
  "purpur",
  "fabric",
  "forge",
  "neoforge",
  "custom",
] as const satisfies readonly ServerType[];
export type AvailableServerType = (typeof availableServerTypes)[number];

/** A server's jar; an installer that is run once; a launcher jar that fetches the rest at its first start. */
export const versionForms = ["jar", "installer", "launcher"] as const;
export const versionFormSchema = z.enum(versionForms);
export type VersionForm = z.infer<typeof versionFormSchema>;

export const versionEntrySchema = z.object({
  type: serverTypeSchema,
  /** Minecraft version id, for example `1.21.11` or `26.3-snapshot-6`. */
  version: z.string(),
  /** Build of that version, where the type has builds. */
  build: z.string().nullable(),
  stable: z.boolean(),
  /** The source's own word, lower case: `release`, `snapshot`, `old_beta`, `stable`, `recommended`, `beta`, `alpha` … */
  channel: z.string(),
  /** The Java major that it needs. */
  javaMajor: z.number().int(),
  /** Null where the source does not tell it. */
  sizeBytes: z.number().int().nullable(),
  /** ISO 8601, UTC. */
  releasedAt: z.string().nullable(),
});
export type VersionEntry = z.infer<typeof versionEntrySchema>;

export const listVersionsInputSchema = z.object({
  type: serverTypeSchema,
  /** Only this version, with every build that was ever seen. Left out: each version's newest and newest stable build. */
  version: z.string().trim().min(1).max(64).optional(),
});

export const refreshVersionsInputSchema = z.object({ type: serverTypeSchema.optional() }).optional();

export const versionLogInputSchema = z
  .object({
    type: serverTypeSchema.optional(),
    cursor: z
      .string()
      .regex(/^\d{1,18}$/)
      .optional(),
    limit: z.number().int().min(1).max(200).default(50),
  })
  .default({ limit: 50 });

/** How the last look at an upstream went. Times are ISO 8601, UTC. */
export const sourceStateSchema = z.object({
  lastSuccessAt: z.string().nullable(),
  lastAttemptAt: z.string().nullable(),
  /** Null when the last attempt was good. */
  lastError: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** Versions (and builds) in the cache. */
  count: z.number().int(),
});
export type SourceState = z.infer<typeof sourceStateSchema>;

/** A type with its source's state; null for a type that has no upstream. */
export const versionTypeSchema = z.object({ type: serverTypeSchema, sourceState: sourceStateSchema.nullable() });
export type VersionType = z.infer<typeof versionTypeSchema>;

export const versionChanges = ["added", "changed", "removed"] as const;
export const versionChangeSchema = z.enum(versionChanges);
export type VersionChange = z.infer<typeof versionChangeSchema>;

export const versionLogEntrySchema = z.object({
  id: z.string(),
  /** ISO 8601, UTC. */
  at: z.string(),
  type: serverTypeSchema,
  version: z.string(),
  build: z.string().nullable(),
  change: versionChangeSchema,
  /** For `changed`: field → [before, after]. */
  detail: z.record(z.string(), z.unknown()),
});
export type VersionLogEntry = z.infer<typeof versionLogEntrySchema>;

export const refreshResultSchema = z.object({
  type: serverTypeSchema,
  isGood: z.boolean(),
  added: z.number().int(),
  changed: z.number().int(),
  removed: z.number().int(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type RefreshResult = z.infer<typeof refreshResultSchema>;
