import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  serial,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { Permission } from "../../auth/permissions";
import type { LaunchKind } from "../../launch/contract";
import type { LaunchRef } from "../../launch/server/launch-strategy";
import { users } from "../../users/server/table";
import type { ServerType } from "../../versions/contract";
import type { CausedBy, CrashPolicy, DesiredState, EndReport, ServerState } from "../contract";

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
  purpose: text("purpose").$type<"game" | "rcon">().notNull(),
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
