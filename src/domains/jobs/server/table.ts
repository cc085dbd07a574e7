import { sql } from "drizzle-orm";
import { bigint, boolean, index, jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { Job, JobKind, JobStatus } from "../contract";

/**
 * One row per operation that has effects outside the database: written before the first effect, closed after the last.
 * A row that is still `running` at boot was interrupted: what it half did is undone or finished from here.
 */
export const operations = pgTable(
  "operations",
  {
    id: uuid("id").primaryKey(),
    kind: text("kind").$type<JobKind>().notNull(),
    status: text("status").$type<JobStatus>().notNull(),
    serverId: uuid("server_id"),
    /** Who may see it beside those who reach the server. */
    ownerId: uuid("owner_id"),
    subject: text("subject").notNull(),
    step: text("step"),
    done: bigint("done", { mode: "number" }),
    total: bigint("total", { mode: "number" }),
    unit: text("unit").$type<Job["unit"]>(),
    isCancellable: boolean("is_cancellable").notNull().default(false),
    error: jsonb("error").$type<Job["error"]>(),
    /** What is needed to settle it after a crash. Not shown. */
    data: jsonb("data").$type<Readonly<Record<string, string>>>(),
    startedBy: text("started_by").notNull(),
    startedAt: timestamp("started_at", { withTimezone: true }).notNull(),
    finishedAt: timestamp("finished_at", { withTimezone: true }),
  },
  (table) => [
    index("operations_started").on(table.startedAt, table.id),
    index("operations_open").on(table.status).where(sql`status = 'running'`),
    index("operations_server").on(table.serverId),
  ],
);
export type OperationRow = typeof operations.$inferSelect;
