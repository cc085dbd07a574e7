import { z } from "zod";
import { hasControlCharacters } from "@/lib/control-characters";
import { isStorableText } from "@/lib/storable-text";

export const groupTypes = ["op", "whitelist", "ban"] as const;
export const groupTypeSchema = z.enum(groupTypes);
export type GroupType = z.infer<typeof groupTypeSchema>;

/** How far a group has reached one server. */
export const attachmentStates = ["pending", "synced", "failed"] as const;
export type AttachmentState = (typeof attachmentStates)[number];

export const maxGroupPlayers = 1000;

const lineOfText = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine((text) => !hasControlCharacters(text) && isStorableText(text), { message: "control_characters" });

/** A name as Minecraft has them; those of Bedrock players may begin with a dot. */
export const playerNameSchema = z.string().regex(/^\.?[A-Za-z0-9_]{1,16}$/, { message: "player_name" });

export const groupPlayerInputSchema = z.object({
  name: playerNameSchema,
  uuid: z.uuid().nullish(),
  /** Of operators, 1 to 4; left out: the server's own. */
  level: z.number().int().min(1).max(4).nullish(),
  /** Of bans. */
  reason: lineOfText(200)
    .transform((text) => text || null)
    .nullish(),
  /** Of bans; left out: for ever. */
  expiresAt: z.date().nullish(),
});
export type GroupPlayerInput = z.input<typeof groupPlayerInputSchema>;

const playersSchema = z
  .array(groupPlayerInputSchema)
  .max(maxGroupPlayers)
  .refine((players) => new Set(players.map(({ name }) => name.toLowerCase())).size === players.length, {
    message: "duplicate",
  });

export const groupNameSchema = lineOfText(60).min(1);
const description = lineOfText(500);
const groupId = z.uuid();
const serverId = z.uuid();

export const groupIdInputSchema = z.object({ groupId });
export const listGroupsInputSchema = z
  .object({
    type: groupTypeSchema.optional(),
    /** Those that reach this server. */
    serverId: serverId.optional(),
  })
  .optional();
export const createGroupInputSchema = z.object({
  name: groupNameSchema,
  description: description.optional(),
  type: groupTypeSchema,
  players: playersSchema.optional(),
  isTemplate: z.boolean().optional(),
});
/** A group of one's own with the players of a template, or of another group within reach. */
export const copyGroupInputSchema = z.object({ groupId, name: groupNameSchema });
export const updateGroupInputSchema = z.object({
  groupId,
  name: groupNameSchema.optional(),
  description: description.optional(),
  isTemplate: z.boolean().optional(),
  /** All players anew. */
  players: playersSchema.optional(),
  /** Put in, or changed where they are in already. */
  addPlayers: playersSchema.optional(),
  removePlayers: z.array(playerNameSchema).max(maxGroupPlayers).optional(),
});
export const attachGroupInputSchema = z.object({
  groupId,
  serverId,
  priority: z.number().int().min(-1000).max(1000).optional(),
});
export const detachGroupInputSchema = z.object({ groupId, serverId });
/** `wait`: until each server has been tried once. */
export const syncGroupInputSchema = z.object({ groupId, serverId: serverId.optional(), wait: z.boolean().optional() });
export const driftInputSchema = z.object({ groupId, serverId: serverId.optional() });
export const settleDriftInputSchema = z.object({
  groupId,
  serverId,
  names: z.array(playerNameSchema).min(1).max(1000),
});
export const previewInputSchema = z.object({
  groupId,
  /** As if it were attached there, with this priority. */
  serverId: serverId.optional(),
  priority: z.number().int().min(-1000).max(1000).optional(),
  /** As if these were its players. */
  players: playersSchema.optional(),
});

const listValuesSchema = z.object({
  level: z.number().int().nullable(),
  reason: z.string().nullable(),
  expiresAt: z.date().nullable(),
});
export type ListValues = z.infer<typeof listValuesSchema>;

export const groupPlayerSchema = listValuesSchema.extend({
  name: z.string(),
  uuid: z.string().nullable(),
  addedBy: z.string(),
  addedAt: z.date(),
});
export type GroupPlayer = z.infer<typeof groupPlayerSchema>;

export const attachmentSchema = z.object({
  serverId: z.uuid(),
  serverName: z.string(),
  priority: z.number().int(),
  state: z.enum(attachmentStates),
  /** Why it is not synced; `code` is an error code or a reason to wait. */
  lastError: z.object({ code: z.string(), message: z.string() }).nullable(),
  syncedAt: z.date().nullable(),
  attachedAt: z.date(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

export const groupSummarySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  type: groupTypeSchema,
  isTemplate: z.boolean(),
  ownerId: z.uuid(),
  ownerName: z.string(),
  playerCount: z.number().int(),
  /** How many servers are in each state. */
  servers: z.record(z.enum(attachmentStates), z.number().int()),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type GroupSummary = z.infer<typeof groupSummarySchema>;

export const groupSchema = groupSummarySchema.omit({ servers: true }).extend({
  players: z.array(groupPlayerSchema),
  /** Those within reach, by name. */
  servers: z.array(attachmentSchema),
  /** Servers that are out of reach. */
  hiddenServers: z.number().int(),
});
export type Group = z.infer<typeof groupSchema>;

/** `missing`: removed in the game; `changed`: with other values than the group wants; `extra`: put there by hand. */
export const driftKinds = ["missing", "changed", "extra"] as const;
export interface DriftItem {
  kind: (typeof driftKinds)[number];
  name: string;
  uuid: string | null;
  wanted: ListValues | null;
  actual: ListValues | null;
}
export interface ServerDrift {
  serverId: string;
  serverName: string;
  /** Null when the server's list cannot be read; `error` says why. */
  items: DriftItem[] | null;
  error: { code: string; message: string } | null;
}
/** What would change on one server. */
export interface ServerPreview {
  serverId: string;
  serverName: string;
  add: string[];
  change: string[];
  remove: string[];
  /** In the list already, put there by hand: they stay when the group goes. */
  byHand: string[];
  error: { code: string; message: string } | null;
}

/** What would change on one server once a group is detached from it, or is no more. */
export interface RemovalPreview extends Pick<ServerPreview, "serverId" | "serverName" | "remove" | "error"> {
  /** Another group decides about their level, reason or end from then on. */
  change: string[];
  /** Of the group's players: put there by hand, or wanted by another group. */
  stay: string[];
}

/** Something about a group has changed, or its state on a server. */
export interface GroupsEvent {
  kind: "groups";
  groupId: string;
  serverId: string | null;
}
