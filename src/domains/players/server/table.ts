import { sql } from "drizzle-orm";
import { bigint, boolean, index, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { servers } from "../../servers/server/table";
import type { PlayerSessionEnd } from "../contract";

/** Names and UUIDs as they were last seen or looked up, so that nobody is asked for twice. */
export const knownPlayers = pgTable(
  "known_players",
  {
    uuid: uuid("uuid").primaryKey(),
    name: text("name").notNull(),
    /** The UUID was computed from the name, as servers in offline mode do, and is not Mojang's. */
    isOffline: boolean("is_offline").notNull(),
    seenAt: timestamp("seen_at", { withTimezone: true }).notNull(),
  },
  (table) => [index("known_players_name").on(table.name)],
);
export type KnownPlayerRow = typeof knownPlayers.$inferSelect;

/** One stay of a player on a server. Open while the player is there. */
export const playerSessions = pgTable(
  "player_sessions",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    serverId: uuid("server_id")
      .notNull()
      .references(() => servers.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    /** Null when the log did not tell it. */
    uuid: uuid("uuid"),
    joinedAt: timestamp("joined_at", { withTimezone: true }).notNull(),
    /** Last moment at which the player was known to be there: the end of a stay whose end nobody saw. */
    seenAt: timestamp("seen_at", { withTimezone: true }).notNull(),
    leftAt: timestamp("left_at", { withTimezone: true }),
    /** How the end was noticed. */
    endedBy: text("ended_by").$type<PlayerSessionEnd>(),
  },
  (table) => [
    index("player_sessions_server").on(table.serverId, table.joinedAt, table.id),
    index("player_sessions_player").on(table.serverId, table.name, table.joinedAt),
    // A player is on a server once.
    uniqueIndex("player_sessions_open").on(table.serverId, table.name).where(sql`left_at is null`),
  ],
);
export type PlayerSessionRow = typeof playerSessions.$inferSelect;

/**
 * How far each server's console log has been read for who came and went. It moves in the same transaction as what was read, so that nothing
 * is counted twice or lost, whenever mcsd ends.
 */
export const playerLogMarks = pgTable("player_log_marks", {
  serverId: uuid("server_id")
    .primaryKey()
    .references(() => servers.id, { onDelete: "cascade" }),
  /** Offset in bytes of the first line that has not been read. */
  next: bigint("next", { mode: "number" }).notNull(),
  /** When the line before it was written: lines have only a time of day. */
  at: timestamp("at", { withTimezone: true }).notNull(),
});
