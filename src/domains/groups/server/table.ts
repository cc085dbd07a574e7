import {
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
import { users } from "../../users/server/table";
import type { AttachmentState, GroupType } from "../contract";
import type { AppliedState } from "./plan-list";

export const groups = pgTable(
  "groups",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => users.id),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    type: text("type").$type<GroupType>().notNull(),
    /** Offered to others as a start for groups of their own. */
    isTemplate: boolean("is_template").notNull().default(false),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [uniqueIndex("groups_name").on(table.ownerId, table.name)],
);
export type GroupRow = typeof groups.$inferSelect;

export const groupPlayers = pgTable(
  "group_players",
  {
    groupId: uuid("group_id")
      .notNull()
      .references(() => groups.id, { onDelete: "cascade" }),
    /** Lower case: a name stands once in a group. */
    key: text("key").notNull(),
    name: text("name").notNull(),
    /** Null until it is known. */
    uuid: uuid("uuid"),
    /** For operators, 1 to 4; null: the server's own level. */
    level: integer("level"),
    /** For bans. */
    reason: text("reason"),
    expiresAt: timestamp("expires_at", { withTimezone: true }),
    addedBy: text("added_by").notNull(),
    addedAt: timestamp("added_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.groupId, table.key] })],
);
export type GroupPlayerRow = typeof groupPlayers.$inferSelect;

export const groupServers = pgTable(
  "group_servers",
  {
    groupId: uuid("group_id")
      .notNull()
      .references(() => groups.id, { onDelete: "cascade" }),
    serverId: uuid("server_id")
      .notNull()
      .references(() => servers.id, { onDelete: "cascade" }),
    /** Where two groups of a type name one player, the larger number decides about level, reason and end. */
    priority: integer("priority").notNull().default(0),
    state: text("state").$type<AttachmentState>().notNull().default("pending"),
    lastError: jsonb("last_error").$type<{ code: string; message: string }>(),
    syncedAt: timestamp("synced_at", { withTimezone: true }),
    attachedAt: timestamp("attached_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.groupId, table.serverId] }),
    index("group_servers_server").on(table.serverId),
  ],
);
export type GroupServerRow = typeof groupServers.$inferSelect;

/**
 * What the groups have put into a server's lists, so that a detached group takes only its own players away and what somebody
 * changed in the game is seen as drift.
 */
export const appliedPlayers = pgTable(
  "applied_players",
  {
    serverId: uuid("server_id")
      .notNull()
      .references(() => servers.id, { onDelete: "cascade" }),
    type: text("type").$type<GroupType>().notNull(),
    key: text("key").notNull(),
    name: text("name").notNull(),
    uuid: uuid("uuid"),
    level: integer("level"),
    reason: text("reason"),
    expiresAt: timestamp("expires_at", { withTimezone: true }),
    state: text("state").$type<AppliedState>().notNull(),
    appliedAt: timestamp("applied_at", { withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.serverId, table.type, table.key] })],
);
export type AppliedPlayerRow = typeof appliedPlayers.$inferSelect;
