import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  serial,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { Permission } from "../../auth/permissions";
import type { JvmPreset, LaunchKind } from "../../launch/contract";
import type { LaunchRef } from "../../launch/server/launch-strategy";
import { users } from "../../users/server/table";
import type { ServerType } from "../../versions/contract";
import type { ChangePhase } from "../change-contract";
import type { CausedBy, CrashPolicy, DesiredState, EndReport, ServerState } from "../contract";
import type { ServerRuns } from "../program-contract";

/** What Java is given after its flags, relative to the server's folder: a jar, or files of arguments. */
export type ServerProgram = { kind: "jar"; file: string } | { kind: "args"; files: string[] };

export interface InstalledJar {
  algorithm: "sha1" | "sha256";
  /** Hex. */
  checksum: string;
  /** Bytes. */
  size: number;
  mtimeMs: number;
}

export const servers = pgTable(
  "servers",
  {
    id: uuid("id").primaryKey(),
    name: text("name").notNull(),
    slug: text("slug").notNull(),
    description: text("description").notNull().default(""),
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => users.id),
    type: text("type").$type<ServerType>().notNull(),
    version: text("version").notNull(),
    build: text("build"),
    launchKind: text("launch_kind").$type<LaunchKind>().notNull(),
    memoryMb: integer("memory_mb").notNull(),
    port: integer("port").notNull(),
    rconPort: integer("rcon_port").notNull(),
    /** AES-256-GCM, see seal.ts. Never leaves the server. */
    rconPassword: text("rcon_password").notNull(),
    javaMajor: integer("java_major"),
    requiredJava: integer("required_java").notNull(),
    /** What is run. Null: `server.jar`. */
    program: jsonb("program").$type<ServerProgram>(),
    jvmPreset: text("jvm_preset").$type<JvmPreset>().notNull().default("none"),
    /** In cores; null: no limit. */
    cpuLimit: real("cpu_limit"),
    managementPort: integer("management_port"),
    /** AES-256-GCM, like the RCON password. */
    managementSecret: text("management_secret"),
    jvmArgs: text("jvm_args").array().notNull().default([]),
    subdomain: text("subdomain"),
    autoStart: boolean("auto_start").notNull().default(false),
    crashPolicy: jsonb("crash_policy").$type<CrashPolicy>().notNull(),
    tags: text("tags").array().notNull().default([]),
    /** Added to SERVER_UID_BASE when mcsd runs as root. Never given out twice. */
    uidNumber: serial("uid_number").notNull(),
    /** The jar as installed, so that a changed one is found at the next start. Null: the user's own jar. */
    jar: jsonb("jar").$type<InstalledJar>(),
    eulaAcceptedBy: uuid("eula_accepted_by"),
    eulaAcceptedAt: timestamp("eula_accepted_at", { withTimezone: true }),
    desiredState: text("desired_state").$type<DesiredState>().notNull().default("stopped"),
    state: text("state").$type<ServerState>().notNull().default("stopped"),
    stateSince: timestamp("state_since", { withTimezone: true }).notNull().defaultNow(),
    launchRef: jsonb("launch_ref").$type<LaunchRef>(),
    lastEnd: jsonb("last_end").$type<EndReport>(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("servers_slug").on(table.slug),
    uniqueIndex("servers_subdomain").on(table.subdomain),
    index("servers_owner").on(table.ownerId),
  ],
);
export type ServerRow = typeof servers.$inferSelect;

/** Every port that is given out, also to a server that is still being created. The primary key settles races. */
export const serverPorts = pgTable("server_ports", {
  port: integer("port").primaryKey(),
  /** The server's id (fixed before the server's row exists). */
  holder: uuid("holder").notNull(),
  purpose: text("purpose").$type<"game" | "rcon" | "management">().notNull(),
});

export const serverTimeline = pgTable(
  "server_timeline",
  {
    id: bigint("id", { mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
    serverId: uuid("server_id")
      .notNull()
      .references(() => servers.id, { onDelete: "cascade" }),
    at: timestamp("at", { withTimezone: true }).notNull().defaultNow(),
    kind: text("kind").notNull(),
    from: text("from_state").$type<ServerState>(),
    to: text("to_state").$type<ServerState>(),
    by: jsonb("caused_by").$type<CausedBy>().notNull(),
    detail: jsonb("detail").$type<Record<string, unknown>>().notNull().default({}),
  },
  (table) => [index("server_timeline_server").on(table.serverId, table.id)],
);

/** With whom the owner shares a server, and what each may do with it beside seeing it. */
export const serverMembers = pgTable(
  "server_members",
  {
    serverId: uuid("server_id")
      .notNull()
      .references(() => servers.id, { onDelete: "cascade" }),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    permissions: text("permissions").array().$type<Permission[]>().notNull(),
    addedBy: text("added_by").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.serverId, table.userId] }), index("server_members_user").on(table.userId)],
);

/** What a change of version changes in a server's row. */
export type ProgramFields = ServerRuns;

/** A change of version or type that is under way, or the last one that stands: what was before. One per server. */
export const serverChanges = pgTable("server_changes", {
  serverId: uuid("server_id")
    .primaryKey()
    .references(() => servers.id, { onDelete: "cascade" }),
  operationId: uuid("operation_id").notNull(),
  phase: text("phase").$type<ChangePhase>().notNull(),
  /** The server's fields as they were and as they are to be. */
  before: jsonb("before").$type<ProgramFields>().notNull(),
  after: jsonb("after").$type<ProgramFields>().notNull(),
  snapshotId: uuid("snapshot_id"),
  /** It ran before and is to run again. */
  wasRunning: boolean("was_running").notNull(),
  startedAt: timestamp("started_at", { withTimezone: true }).notNull(),
});

/** A server's settings without its world, to make others from. */
export const serverTemplates = pgTable(
  "server_templates",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    settings: jsonb("settings").$type<Record<string, unknown>>().notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [uniqueIndex("server_templates_name").on(table.ownerId, table.name)],
);
