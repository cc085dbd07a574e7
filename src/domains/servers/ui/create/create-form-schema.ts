import { z } from "zod";
import { type AvailableServerType, availableServerTypes } from "@/domains/versions/contract";
import { type CreateServerInput, createServerInputSchema } from "../../contract";

export const difficulties = ["peaceful", "easy", "normal", "hard"] as const;
export const gameModes = ["survival", "creative", "adventure", "spectator"] as const;

/** The properties worth asking for when a server is made, as what they are; the file holds text. */
export const rulesSchema = z.object({
  motd: z.string().max(200),
  maxPlayers: z.number().int().min(1).max(10_000),
  difficulty: z.enum(difficulties),
  gameMode: z.enum(gameModes),
  isOnlineMode: z.boolean(),
  hasWhitelist: z.boolean(),
  seed: z.string().max(100),
  viewDistance: z.number().int().min(3).max(32),
});

const fields = createServerInputSchema.shape;

/** The form's own view of the contract. `usedPorts` are those of other servers. */
export function createFormSchema(usedPorts: ReadonlySet<number>) {
  return z.object({
    name: fields.name,
    description: fields.description.unwrap(),
    tags: fields.tags.unwrap(),
    type: z.enum(availableServerTypes),
    version: fields.version,
    build: z.string().nullable(),
    memoryMb: fields.memoryMb,
    port: fields.port.unwrap().refine((port) => !usedPorts.has(port), { message: "port_used" }),
    launchKind: fields.launchKind.unwrap().nullable(),
    javaMajor: fields.javaMajor.unwrap(),
    jvmPreset: fields.jvmPreset.unwrap(),
    acceptEula: z.boolean().refine((isAccepted) => isAccepted, { message: "eula_required" }),
    rules: rulesSchema,
  });
}
export type CreateForm = z.output<ReturnType<typeof createFormSchema>>;

/** What stands in the form before anything is typed. The port is filled in when it is known. */
export const emptyCreateForm: CreateForm = {
  name: "",
  description: "",
  tags: [],
  type: "paper" satisfies AvailableServerType,
  version: "",
  build: null,
  memoryMb: 2048,
  port: Number.NaN,
  launchKind: null,
  javaMajor: null,
  jvmPreset: "none",
  acceptEula: false,
  rules: {
    motd: "",
    maxPlayers: 20,
    difficulty: "easy",
    gameMode: "survival",
    isOnlineMode: true,
    hasWhitelist: false,
    seed: "",
    viewDistance: 10,
  },
};

/** The filled form as the procedure wants it. What was left empty is left out, so that the game's own default holds. */
export function toCreateInput({ build, launchKind, rules, ...rest }: CreateForm): CreateServerInput {
  const properties: Record<string, string> = {
    "max-players": String(rules.maxPlayers),
    difficulty: rules.difficulty,
    gamemode: rules.gameMode,
    "online-mode": String(rules.isOnlineMode),
    "white-list": String(rules.hasWhitelist),
    "view-distance": String(rules.viewDistance),
  };
  if (rules.motd.trim()) properties.motd = rules.motd.trim();
  if (rules.seed.trim()) properties["level-seed"] = rules.seed.trim();
  return {
    ...rest,
    ...(build && rest.type !== "custom" ? { build } : {}),
    ...(launchKind ? { launchKind } : {}),
    properties,
  };
}
