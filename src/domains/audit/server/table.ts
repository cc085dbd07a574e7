import { bigint, index, jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

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
  (table) => [index("audit_log_at").on(table.at)],
);
