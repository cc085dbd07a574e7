import { index, integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";

/** How much of each limit is used up in its present window, so that a restart starts none anew. */
export const rateLimits = pgTable(
  "rate_limits",
  {
    /** Limit and whom it counts, for example `user:<id>`. */
    key: text("key").primaryKey(),
    points: integer("points").notNull(),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
  },
  (table) => [index("rate_limits_expiry").on(table.expiresAt)],
);
