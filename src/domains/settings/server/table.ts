import { jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";

/** What an administrator sets while mcsd runs, one row per group of settings. What is not there has its default. */
export const appSettings = pgTable("app_settings", {
  key: text("key").$type<"settings" | "limits">().primaryKey(),
  value: jsonb("value").$type<Record<string, unknown>>().notNull(),
  updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
});
