import { z } from "zod";
import { groupNameSchema, groupTypeSchema, playerNameSchema } from "../groups/contract";
import { crashPolicySchema, createServerInputSchema, serverNameSchema } from "./contract";

/** A server as code: what is left out stays as it is, or as a new server has it. Servers are known by their names. */
export const wantedServerSchema = z.strictObject({
  ...createServerInputSchema.omit({ wait: true, acceptEula: true, type: true }).shape,
  type: createServerInputSchema.shape.type.exclude(["custom"]),
  crashPolicy: crashPolicySchema.optional(),
  /** Your own consent to https://aka.ms/MinecraftEULA. */
  acceptEula: z.literal(true).optional(),
  /** Left out: a server is left running or stopped as it is. */
  state: z.enum(["running", "stopped"]).optional(),
});
export type WantedServer = z.output<typeof wantedServerSchema>;

/** A group as code: its players are exactly these, and it reaches exactly these servers. */
export const wantedGroupSchema = z.strictObject({
  name: groupNameSchema,
  type: groupTypeSchema,
  description: z.string().trim().max(500).optional(),
  players: z.array(playerNameSchema).max(1000),
  servers: z.array(serverNameSchema).max(1000).optional(),
});
export type WantedGroup = z.output<typeof wantedGroupSchema>;

const areDistinct = (items: readonly { name: string }[]) =>
  new Set(items.map(({ name }) => name)).size === items.length;

/** The file that `scripts/apply.ts` reads. */
export const serversFileSchema = z.strictObject({
  servers: z.array(wantedServerSchema).max(1000).refine(areDistinct, { message: "two servers have the same name" }),
  groups: z
    .array(wantedGroupSchema)
    .max(1000)
    .refine(areDistinct, { message: "two groups have the same name" })
    .optional(),
});
export type ServersFile = z.output<typeof serversFileSchema>;
