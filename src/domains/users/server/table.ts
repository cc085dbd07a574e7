import { sql } from "drizzle-orm";
import { boolean, index, jsonb, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { Locale, Theme } from "../../auth/contract";
import type { Permission, Role } from "../../auth/permissions";
import type { UserLimits } from "../contract";

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
    /** IANA name; null: whatever the browser says. */
    timeZone: text("time_zone"),
    /** What this user may use, at most; a missing or null member is no limit. */
    limits: jsonb("limits").$type<Partial<UserLimits>>().notNull().default({}),
    /** Kept in step with user_totp and passkeys by the verbs that change them, so that every call knows it without a join. */
    hasTotp: boolean("has_totp").notNull().default(false),
    hasPasskey: boolean("has_passkey").notNull().default(false),
    lastSignInAt: timestamp("last_sign_in_at", { withTimezone: true }),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("users_username_lower").on(sql`lower(${table.username})`),
    index("users_waiting").on(table.createdAt).where(sql`not is_approved and is_active`),
  ],
);
export type UserRow = typeof users.$inferSelect;
