import { z } from "zod";
import type { ErrorCode } from "@/lib/error-codes";
import { passwordSchema, usernameSchema } from "../auth/contract";
import { permissions, roles } from "../auth/permissions";

/**
 * `waiting`: registered, not yet approved. `rejected`: turned down before it was ever approved. `deactivated`: approved once, and
 * closed.
 */
export const userStates = ["waiting", "active", "deactivated", "rejected"] as const;
export type UserState = (typeof userStates)[number];

export function userStateOf(user: { isApproved: boolean; isActive: boolean }): UserState {
  if (user.isActive) return user.isApproved ? "active" : "waiting";
  return user.isApproved ? "deactivated" : "rejected";
}

const atMost = (max: number) => z.number().int().min(0).max(max).nullable();
const hours = z.number().int().min(1).max(8760).nullable();

/** The user layer of the limits. Null: no limit of this layer. Intervals in hours, memory and disk in MB (2^20 bytes). */
export const userLimitsSchema = z.object({
  /** Backups may not be more frequent than this. */
  minBackupIntervalHours: hours,
  /** Backups may not be rarer than this. */
  maxBackupIntervalHours: hours,
  /** Backups kept per server. */
  maxBackups: atMost(10_000),
  maxServers: atMost(10_000),
  /** Sum over the user's servers. */
  maxMemoryMb: atMost(16_777_216),
  /** Sum over the folders of the user's servers. */
  maxDiskMb: atMost(1_073_741_824),
});
export type UserLimits = z.infer<typeof userLimitsSchema>;
export const limitNames = Object.keys(userLimitsSchema.shape) as readonly (keyof UserLimits)[];
export const noLimits: UserLimits = {
  minBackupIntervalHours: null,
  maxBackupIntervalHours: null,
  maxBackups: null,
  maxServers: null,
  maxMemoryMb: null,
  maxDiskMb: null,
};

/** A user as those with `users.view` see it. */
export const userSchema = z.object({
  id: z.uuid(),
  username: z.string(),
  role: z.enum(roles),
  state: z.enum(userStates),
  isApproved: z.boolean(),
  isActive: z.boolean(),
  granted: z.array(z.enum(permissions)),
  denied: z.array(z.enum(permissions)),
  limits: userLimitsSchema,
  hasTotp: z.boolean(),
  hasPasskey: z.boolean(),
  serverCount: z.number().int(),
  createdAt: z.date(),
  lastSignInAt: z.date().nullable(),
});
export type User = z.infer<typeof userSchema>;

/** How approving or rejecting one of several ended: with the user, or with why not. */
export interface UserResult {
  userId: string;
  user: User | null;
  code: ErrorCode | null;
}

/** One of the 38, with where it comes from. Effective = (role or granted) and not denied. */
export const permissionSourceSchema = z.object({
  permission: z.enum(permissions),
  role: z.boolean(),
  granted: z.boolean(),
  denied: z.boolean(),
  effective: z.boolean(),
});
export type PermissionSource = z.infer<typeof permissionSourceSchema>;

const userId = z.uuid();
export const userIdInputSchema = z.object({ userId });
export const userIdsInputSchema = z.object({ userIds: z.array(userId).min(1).max(100) });
export const listUsersInputSchema = z
  .object({
    search: z.string().trim().max(64).optional(),
    role: z.enum(roles).optional(),
    state: z.enum(userStates).optional(),
    cursor: z.string().max(200).optional(),
    limit: z.number().int().min(1).max(100).default(50),
  })
  .default({ limit: 50 });
export const createUserInputSchema = z.object({
  username: usernameSchema,
  password: passwordSchema,
  role: z.enum(roles).default("user"),
  isApproved: z.boolean().default(true),
});
export const updateUserInputSchema = z.object({
  userId,
  username: usernameSchema.optional(),
  isActive: z.boolean().optional(),
});
/** What becomes of the servers of a user who goes. Needed only when there are any. */
export const serversOfDeletedSchema = z.discriminatedUnion("action", [
  z.object({ action: z.literal("transfer"), toUserId: z.uuid() }),
  z.object({ action: z.literal("delete") }),
]);
export const deleteUserInputSchema = z.object({
  userId,
  /** The user's name, typed again. */
  confirm: z.string().max(64),
  servers: serversOfDeletedSchema.optional(),
});
export const changeRoleInputSchema = z.object({ userId, role: z.enum(roles) });
export const userPermissionInputSchema = z.object({ userId, permission: z.enum(permissions) });
export const setUserLimitsInputSchema = z.object({ userId, limits: userLimitsSchema.partial() });
export const endUserSessionInputSchema = z.object({
  userId,
  /** Left out: all of them. */
  sessionId: z.uuid().optional(),
});

/** A link to set a new password, shown once; valid for 24 h. */
export const resetLinkSchema = z.object({
  /** Path with its secret, to be put behind the dashboard's own address. */
  path: z.string(),
  /** The whole address, where PUBLIC_URL is set. */
  url: z.string().nullable(),
  expiresAt: z.date(),
});
export type ResetLink = z.infer<typeof resetLinkSchema>;
