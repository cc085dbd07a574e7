import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { servers } from "../../servers/server/table";
import type { Schedule, SnapshotMetadata, SnapshotResource, SnapshotStatus, SnapshotType } from "../contract";

/**
 * One row per snapshot. The manifest on disk is the truth about what a complete one holds: all rows can be made anew from disk.
 * A row outlives its server: what was deleted by mistake can still be brought back.
 */
export const snapshots = pgTable(
  "snapshots",
  {
    id: uuid("id").primaryKey(),
    serverId: uuid("server_id").notNull(),
    /** Whose server it was; for those whose server is gone. */
    ownerId: uuid("owner_id"),
    resource: text("resource").$type<SnapshotResource>().notNull(),
    path: text("path").notNull().default(""),
    version: integer("version").notNull(),
    type: text("type").$type<SnapshotType>().notNull(),
    status: text("status").$type<SnapshotStatus>().notNull(),
    size: bigint("size", { mode: "number" }).notNull().default(0),
    addedBytes: bigint("added_bytes", { mode: "number" }).notNull().default(0),
    fileCount: integer("file_count").notNull().default(0),
    checksum: text("checksum"),
    metadata: jsonb("metadata").$type<SnapshotMetadata>().notNull().default({}),
    isPinned: boolean("is_pinned").notNull().default(false),
    note: text("note").notNull().default(""),
    createdBy: text("created_by").notNull(),
    createdById: uuid("created_by_id"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
    verifiedAt: timestamp("verified_at", { withTimezone: true }),
    verification: text("verification").$type<"good" | "damaged">(),
  },
  (table) => [
    uniqueIndex("snapshots_version").on(table.serverId, table.resource, table.path, table.version),
    index("snapshots_server").on(table.serverId, table.createdAt, table.id),
    index("snapshots_status").on(table.status),
  ],
);
export type SnapshotRow = typeof snapshots.$inferSelect;

/** The last version number given out per resource. Locked and raised with the snapshot's row, so that there are neither gaps nor doubles. */
export const snapshotCounters = pgTable(
  "snapshot_counters",
  {
    serverId: uuid("server_id").notNull(),
    resource: text("resource").$type<SnapshotResource>().notNull(),
    path: text("path").notNull(),
    last: integer("last").notNull(),
  },
  (table) => [primaryKey({ columns: [table.serverId, table.resource, table.path] })],
);

/**
 * Servers whose game may have saving switched off by us: written before `save-off` goes out, removed when `save-on` was answered or
 * the process has ended. A row at boot is a promise that an earlier mcsd could not keep.
 */
export const savingOff = pgTable("saving_off", {
  serverId: uuid("server_id")
    .primaryKey()
    .references(() => servers.id, { onDelete: "cascade" }),
  since: timestamp("since", { withTimezone: true }).notNull(),
});

/** What was put in place of what: as long as `isAside` is set, what was there before still lies beside the servers' folders under this id. */
export const restores = pgTable(
  "restores",
  {
    id: uuid("id").primaryKey(),
    serverId: uuid("server_id")
      .notNull()
      .references(() => servers.id, { onDelete: "cascade" }),
    snapshotId: uuid("snapshot_id").notNull(),
    /** Holds what was replaced; null when there was nothing. */
    preRestoreId: uuid("pre_restore_id"),
    resource: text("resource").$type<SnapshotResource>().notNull(),
    /** Of the server's folder; empty for all of it. Several for chosen files. */
    paths: text("paths").array().notNull(),
    restoredAt: timestamp("restored_at", { withTimezone: true }).notNull(),
    /** Whether the old tree is still kept aside. */
    isAside: boolean("is_aside").notNull(),
    undoneAt: timestamp("undone_at", { withTimezone: true }),
  },
  (table) => [index("restores_server").on(table.serverId, table.restoredAt)],
);
export type RestoreRow = typeof restores.$inferSelect;

/** When a server is backed up by itself. Timers live in memory; this is what they are made of. */
export const backupSchedules = pgTable("backup_schedules", {
  serverId: uuid("server_id")
    .primaryKey()
    .references(() => servers.id, { onDelete: "cascade" }),
  schedule: jsonb("schedule").$type<Schedule>().notNull(),
  /** Who set it: their permission is checked again each time it fires. */
  setBy: uuid("set_by").notNull(),
  /** When somebody was last seen playing. */
  playedAt: timestamp("played_at", { withTimezone: true }),
  lastDrillAt: timestamp("last_drill_at", { withTimezone: true }),
  lastDrillSnapshotId: uuid("last_drill_snapshot_id"),
  lastDrillResult: text("last_drill_result").$type<"good" | "damaged" | "failed">(),
  updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
});

/** One row per time a schedule fired; the unique pair sees to it that none fires twice. */
export const backupRuns = pgTable(
  "backup_runs",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    serverId: uuid("server_id")
      .notNull()
      .references(() => servers.id, { onDelete: "cascade" }),
    dueAt: timestamp("due_at", { withTimezone: true }).notNull(),
    result: text("result").$type<"running" | "complete" | "failed" | "skipped">().notNull(),
    /** Code of what went wrong, or why it was skipped. */
    reason: text("reason"),
    snapshotId: uuid("snapshot_id"),
    finishedAt: timestamp("finished_at", { withTimezone: true }),
  },
  (table) => [uniqueIndex("backup_runs_due").on(table.serverId, table.dueAt)],
);
