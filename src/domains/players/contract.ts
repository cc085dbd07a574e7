import { z } from "zod";
import { hasControlCharacters } from "@/lib/control-characters";

/** As the game has names, and with the mark that bridges to other editions put before them. */
export const playerNameSchema = z.string().regex(/^\.?[A-Za-z0-9_]{1,16}$/, { message: "player_name" });

/** How the end of a stay was noticed: the player left, the server ended, or they were in its list no more. */
export const playerSessionEnds = ["left", "ended", "missing"] as const;
export type PlayerSessionEnd = (typeof playerSessionEnds)[number];

/** Picture of a player from elsewhere; null: the page draws one. */
const headUrl = z.string().nullable();

export const onlinePlayerSchema = z.object({
  name: z.string(),
  headUrl,
  /** Null when the server has not told it. */
  uuid: z.uuid().nullable(),
  joinedAt: z.date(),
});
export type OnlinePlayer = z.infer<typeof onlinePlayerSchema>;

export const onlineServerSchema = z.object({
  serverId: z.uuid(),
  name: z.string(),
  /** What the server itself says, which may count some whose names it keeps to itself. Null when it says nothing. */
  online: z.number().int().nullable(),
  max: z.number().int().nullable(),
  players: z.array(onlinePlayerSchema),
});
export type OnlineServer = z.infer<typeof onlineServerSchema>;

export const playerSessionSchema = z.object({
  id: z.string(),
  serverId: z.uuid(),
  serverName: z.string(),
  name: z.string(),
  headUrl,
  uuid: z.uuid().nullable(),
  joinedAt: z.date(),
  /** Null while they are there. */
  leftAt: z.date().nullable(),
  endedBy: z.enum(playerSessionEnds).nullable(),
});
export type PlayerSession = z.infer<typeof playerSessionSchema>;

export const playerTotalsSchema = z.object({
  name: z.string(),
  headUrl,
  uuid: z.uuid().nullable(),
  sessions: z.number().int(),
  /** Seconds together, those of a stay without an end included. */
  seconds: z.number().int(),
  firstSeen: z.date(),
  lastSeen: z.date(),
  isOnline: z.boolean(),
});
export type PlayerTotals = z.infer<typeof playerTotalsSchema>;

export const onlineInputSchema = z.object({ serverId: z.uuid().optional() }).optional();
const searched = {
  serverId: z.uuid().optional(),
  /** Part of a name. */
  search: z.string().trim().max(40).optional(),
};
export const historyInputSchema = z.object({
  ...searched,
  cursor: z
    .string()
    .regex(/^\d{1,15}-\d{1,15}$/)
    .optional(),
  limit: z.number().int().min(1).max(100).default(30),
});
export const totalsInputSchema = z.object({ ...searched, limit: z.number().int().min(1).max(200).default(50) });

/** Who plays on the server has changed. */
export interface PlayersEvent {
  kind: "players";
  serverId: string;
}

const reason = z
  .string()
  .trim()
  .max(200)
  .refine((text) => !hasControlCharacters(text), { message: "control_characters" });
const onPlayer = { serverId: z.uuid(), name: playerNameSchema };

export const kickInputSchema = z.object({ ...onPlayer, reason: reason.optional() });
export const messageInputSchema = z.object({
  serverId: z.uuid(),
  /** Left out: everybody on the server. */
  name: playerNameSchema.optional(),
  text: reason.min(1),
});

export const playerInputSchema = z.object(onPlayer);
export const opInputSchema = playerInputSchema.extend({ level: z.number().int().min(1).max(4).optional() });
export const banInputSchema = playerInputSchema.extend({
  reason: reason.optional(),
  /** Left out: for ever. A server that runs and is spoken to by RCON knows no other. */
  expiresAt: z.date().optional(),
});

export const playerListEntrySchema = z.object({
  name: z.string(),
  headUrl,
  uuid: z.string().nullable(),
  level: z.number().int().nullable(),
  reason: z.string().nullable(),
  expiresAt: z.date().nullable(),
});
export type PlayerListEntry = z.infer<typeof playerListEntrySchema>;

/** A server's lists, as its files have them. */
export interface PlayerLists {
  ops: PlayerListEntry[];
  whitelist: PlayerListEntry[];
  bans: PlayerListEntry[];
}
