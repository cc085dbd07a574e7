import { bigint, index, integer, jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

/** Who did what, from where, with which result. Written in the change's own transaction; never updated. */
export const auditLog = pgTable(
  "audit_log",
  {
    id: bigint("id", { mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
    at: timestamp("at", { withTimezone: true }).notNull().defaultNow(),
    actorKind: text("actor_kind").$type<"user" | "token" | "system" | "anonymous">().notNull(),
    actorId: uuid("actor_id"),
    actorName: text("actor_name").notNull(),
    address: text("address"),
    action: text("action").notNull(),
    targetKind: text("target_kind"),
    targetId: text("target_id"),
    result: text("result").$type<"ok" | "refused" | "failed">().notNull(),
    details: jsonb("details").$type<Record<string, unknown>>().notNull().default({}),
  },
  (table) => [
    index("audit_log_at").on(table.at),
    index("audit_log_actor").on(table.actorId, table.id),
    index("audit_log_target").on(table.targetId, table.id),
    index("audit_log_action").on(table.action, table.id),
  ],
);

/**
 * The chain over the rows of audit_log, in the order of their commits and without gaps. A trigger writes it when a
 * transaction commits (see the migration audit_chain): nothing else may, and nobody may change either table.
 */
export const auditChain = pgTable("audit_chain", {
  seq: bigint("seq", { mode: "number" }).primaryKey(),
  auditId: bigint("audit_id", { mode: "bigint" }).notNull().unique(),
  /** What was hashed beside the hash before: the row as a JSON array. */
  canonical: text("canonical").notNull(),
  /** Hex SHA-256. */
  hash: text("hash").notNull(),
});

/** The one row that says where the chain ends, and where what was pruned of it ended. */
export const auditHead = pgTable("audit_head", {
  id: integer("id").primaryKey(),
  seq: bigint("seq", { mode: "number" }).notNull(),
  hash: text("hash").notNull(),
  prunedSeq: bigint("pruned_seq", { mode: "number" }).notNull(),
  prunedHash: text("pruned_hash").notNull(),
});
