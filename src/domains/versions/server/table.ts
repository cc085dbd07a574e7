import { bigint, boolean, index, integer, jsonb, pgTable, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";
import type { ServerType, VersionChange, VersionForm } from "../contract";

/** The cache that the create page reads: everything that can be downloaded, one row per build. */
export const versions = pgTable(
  "versions",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    type: text("type").$type<ServerType>().notNull(),
    version: text("version").notNull(),
    /** Empty where the type has no builds, so that the key below holds. */
    build: text("build").notNull().default(""),
    channel: text("channel").notNull(),
    stable: boolean("stable").notNull(),
    javaMajor: integer("java_major").notNull(),
    url: text("url").notNull(),
    /** What lies at the address: the server itself, or a program that puts the server together. */
    form: text("form").$type<VersionForm>().notNull().default("jar"),
    /** Null where the source publishes none; then the file is checked by what is in it. */
    checksumAlgorithm: text("checksum_algorithm").$type<"sha1" | "sha256" | "md5">(),
    /** Lower case hexadecimal. */
    checksum: text("checksum"),
    /** Null where the source does not tell it. */
    sizeBytes: bigint("size_bytes", { mode: "number" }),
    releasedAt: timestamp("released_at", { withTimezone: true }),
    firstSeenAt: timestamp("first_seen_at", { withTimezone: true }).notNull(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull(),
    /** Digits of fixed length per type (the same order under every collation); the largest is the newest. */
    sortKey: text("sort_key").notNull(),
  },
  (table) => [
    unique("versions_type_version_build").on(table.type, table.version, table.build),
    // Read backwards for "newest first"; a descending one would put nulls last and not serve `order by … desc`.
    index("versions_newest").on(table.type, table.sortKey),
  ],
);
export type VersionRow = typeof versions.$inferSelect;

export const versionSources = pgTable("version_sources", {
  type: text("type").$type<ServerType>().primaryKey(),
  lastSuccessAt: timestamp("last_success_at", { withTimezone: true }),
  lastAttemptAt: timestamp("last_attempt_at", { withTimezone: true }),
  lastError: jsonb("last_error").$type<{ code: string; message: string }>(),
  /** Of the last answer that was read whole. */
  etag: text("etag"),
  /** Version → what identified its details when they were last read, so that only new and changed ones are fetched. */
  tags: jsonb("tags").$type<Record<string, string>>().notNull().default({}),
});
export type VersionSourceRow = typeof versionSources.$inferSelect;

export const versionLog = pgTable(
  "version_log",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    at: timestamp("at", { withTimezone: true }).notNull(),
    type: text("type").$type<ServerType>().notNull(),
    version: text("version").notNull(),
    build: text("build").notNull().default(""),
    change: text("change").$type<VersionChange>().notNull(),
    detail: jsonb("detail").$type<Record<string, unknown>>().notNull().default({}),
  },
  (table) => [index("version_log_type").on(table.type, table.id)],
);
export type VersionLogRow = typeof versionLog.$inferSelect;
