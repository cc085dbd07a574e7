import { z } from "zod";

export const actorKinds = ["user", "token", "system", "anonymous"] as const;
export const auditResults = ["ok", "refused", "failed"] as const;

/** One line of the audit log. */
export const auditEntrySchema = z.object({
  /** Place in the chain: 1, 2, 3 … without gaps. */
  seq: z.number().int(),
  at: z.date(),
  actorKind: z.enum(actorKinds),
  actorId: z.uuid().nullable(),
  /** User name (with the token's name in parentheses), or the name of the job. */
  actorName: z.string(),
  address: z.string().nullable(),
  /** `domain.verb`, for example `servers.start`. */
  action: z.string(),
  targetKind: z.string().nullable(),
  targetId: z.string().nullable(),
  result: z.enum(auditResults),
  details: z.record(z.string(), z.unknown()),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

const filters = {
  /** In names, actions, addresses and targets; case does not count. */
  search: z.string().trim().max(100).optional(),
  actorId: z.uuid().optional(),
  /** Whole (`servers.start`) or the part before the dot (`servers`). */
  action: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,64}$/, { message: "action" })
    .optional(),
  targetId: z.string().max(100).optional(),
  result: z.enum(auditResults).optional(),
  from: z.date().optional(),
  /** Exclusive. */
  to: z.date().optional(),
};
export const auditFilterSchema = z.object(filters);
export type AuditFilter = z.infer<typeof auditFilterSchema>;
export const listAuditInputSchema = z
  .object({
    ...filters,
    /** Newest first, before this place. */
    cursor: z
      .string()
      .regex(/^\d{1,15}$/, { message: "cursor" })
      .optional(),
    limit: z.number().int().min(1).max(200).default(50),
  })
  .default({ limit: 50 });

/** A line of the JSON lines export: everything that is needed to check the chain without mcsd. */
export const exportedEntrySchema = auditEntrySchema.extend({
  at: z.string(),
  /** What was hashed behind the hash before: the same row as a JSON array. */
  canonical: z.string(),
  /** Hex SHA-256 of the hash before (hex) and `canonical`. */
  hash: z.string(),
});
