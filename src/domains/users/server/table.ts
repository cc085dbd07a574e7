import { sql } from "drizzle-orm";
import { boolean, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { Locale, Theme } from "../../auth/contract";
import type { Permission, Role } from "../../auth/permissions";

export const users = pgTable(
  "users",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    username: text("username").notNull(),
    passwordHash: text("password_hash").notNull(),
    role: text("role").$type<Role>().notNull(),
    isApproved: boolean("is_approved").notNull().default(false),
    isActive: boolean("is_active").notNull().default(true),
    granted: text("granted").array().$type<Permission[]>().notNull().default([]),
    denied: text("denied").array().$type<Permission[]>().notNull().default([]),
    locale: text("locale").$type<Locale>(),
    theme: text("theme").$type<Theme>(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [uniqueIndex("users_username_lower").on(sql`lower(${table.username})`)],
);
export type UserRow = typeof users.$inferSelect;
