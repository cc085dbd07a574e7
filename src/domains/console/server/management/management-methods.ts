import { z } from "zod";

/** A method of the game and what it must answer. */
export interface ManagementMethod<Result> {
  name: string;
  result: z.ZodType<Result>;
}

const playerSchema = z.object({ id: z.uuid().optional(), name: z.string().min(1).max(100).optional() });
export type ManagedPlayer = z.infer<typeof playerSchema>;
const operatorSchema = z.object({
  player: playerSchema,
  permissionLevel: z.number().int().optional(),
  bypassesPlayerLimit: z.boolean().optional(),
});
const banSchema = z.object({
  player: playerSchema,
  reason: z.string().optional(),
  source: z.string().optional(),
  /** ISO 8601; left out: for ever. */
  expires: z.string().optional(),
});
const statusSchema = z.object({ started: z.boolean(), players: z.array(playerSchema).optional() });

/** Nobody has more on one server; a list that is longer is not believed. */
const mostPlayers = 10_000;

const method = <Result>(name: string, result: z.ZodType<Result>): ManagementMethod<Result> => ({
  name: `minecraft:${name}`,
  result,
});
/** Each call that changes a list answers the whole list as it is then. */
const list = <Entry>(name: string, entry: z.ZodType<Entry>) => ({
  read: method(name, z.array(entry)),
  add: method(`${name}/add`, z.array(entry)),
  remove: method(`${name}/remove`, z.array(entry)),
});

/** What mcsd uses of the game's management protocol; all of it: https://minecraft.wiki/w/Minecraft_Server_Management_Protocol */
export const managementMethods = {
  status: method("server/status", statusSchema),
  save: method("server/save", z.boolean()),
  say: method("server/system_message", z.boolean()),
  autosave: method("serversettings/autosave", z.boolean()),
  setAutosave: method("serversettings/autosave/set", z.boolean()),
  players: method("players", z.array(playerSchema).max(mostPlayers)),
  kick: method("players/kick", z.array(playerSchema)),
  operators: list("operators", operatorSchema),
  allowlist: list("allowlist", playerSchema),
  bans: list("bans", banSchema),
} as const;
