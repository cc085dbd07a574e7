// Longer than 250 lines because it is what scripts read: everything about a server in one place.
import { z } from "zod";
import { hasControlCharacters } from "@/lib/control-characters";
import { exitInfoSchema, jvmPresetSchema, launchKindSchema, trackLossReasons } from "../launch/contract";
import { type ServerType, serverTypeSchema } from "../versions/contract";
import { exitCauseSchema } from "./exit-cause";

export const serverStates = ["stopped", "starting", "running", "stopping", "unknown"] as const;
export const serverStateSchema = z.enum(serverStates);
export type ServerState = z.infer<typeof serverStateSchema>;
export type DesiredState = "running" | "stopped";

export const serverActions = [
  "start",
  "stop",
  "forceStop",
  "restart",
  "kill",
  "rcon",
  "update",
  "restore",
  "delete",
] as const;
export type ServerAction = (typeof serverActions)[number];

/** What each state allows. What is not listed fails with STATE_CONFLICT. */
export const allowedActions: Readonly<Record<ServerState, readonly ServerAction[]>> = {
  stopped: ["start", "update", "restore", "delete"],
  starting: ["forceStop", "kill"],
  running: ["stop", "forceStop", "restart", "kill", "rcon"],
  stopping: ["kill"],
  unknown: [],
};

export const memoryLimits = { min: 128, max: 1_048_576 } as const;
/** Cores that a container may be held to. */
export const cpuLimits = { min: 0.1, max: 1024 } as const;
export const serverNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .refine((name) => !hasControlCharacters(name), { message: "control_characters" });
export const portSchema = z.number().int().min(1024).max(65535);
export const subdomainSchema = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, { message: "subdomain" });
const propertyKey = z.string().regex(/^[a-z0-9._-]{1,64}$/i, { message: "property_key" });
const propertyValue = z
  .string()
  .max(2000)
  .refine((value) => !hasControlCharacters(value), { message: "control_characters" });
/** Keys that mcsd itself decides: ports and remote control. */
export const managedProperties = [
  "server-port",
  "server-ip",
  "enable-rcon",
  "rcon.port",
  "rcon.password",
  "rcon.ip",
  "broadcast-rcon-to-ops",
] as const;
/** The same of games that have a management service; a server of type `custom` keeps its own. */
export const managementProperties = [
  "management-server-enabled",
  "management-server-host",
  "management-server-port",
  "management-server-secret",
  "management-server-tls-enabled",
  "management-server-allowed-origins",
] as const;
/** Keys of server.properties that mcsd alone sets for a server of this type. */
export function managedPropertiesOf(type: ServerType): readonly string[] {
  return type === "custom" ? managedProperties : [...managedProperties, ...managementProperties];
}
export const propertiesSchema = z
  .record(propertyKey, propertyValue)
  .refine((value) => Object.keys(value).length <= 200, { message: "too_many" });

export const crashPolicySchema = z.object({
  restart: z.boolean(),
  maxTries: z.number().int().min(1).max(10),
  windowMinutes: z.number().int().min(1).max(120),
});
export type CrashPolicy = z.infer<typeof crashPolicySchema>;
export const defaultCrashPolicy: CrashPolicy = { restart: true, maxTries: 3, windowMinutes: 10 };

const settings = {
  name: serverNameSchema,
  description: z.string().trim().max(500),
  memoryMb: z.number().int().min(memoryLimits.min).max(memoryLimits.max),
  port: portSchema,
  /** In cores; null: as many as there are. Containers keep to it; a process of the host has none. */
  cpuLimit: z.number().min(cpuLimits.min).max(cpuLimits.max).nullable(),
  javaMajor: z.number().int().min(7).max(99).nullable(),
  jvmArgs: z.array(z.string().max(200)).max(50),
  jvmPreset: jvmPresetSchema,
  subdomain: subdomainSchema.nullable(),
  autoStart: z.boolean(),
  crashPolicy: crashPolicySchema,
  tags: z.array(z.string().trim().min(1).max(30)).max(20),
};

export const createServerInputSchema = z.object({
  name: settings.name,
  description: settings.description.optional(),
  type: serverTypeSchema,
  /** Minecraft version id, for example `1.21.11`; free text for type `custom`. */
  version: z.string().trim().min(1).max(64),
  build: z.string().trim().max(64).optional(),
  memoryMb: settings.memoryMb,
  /** Left out: the lowest free port of PORT_RANGE. */
  port: settings.port.optional(),
  /** The user's own consent to https://aka.ms/MinecraftEULA. */
  acceptEula: z.boolean(),
  launchKind: launchKindSchema.optional(),
  cpuLimit: settings.cpuLimit.optional(),
  javaMajor: settings.javaMajor.optional(),
  jvmArgs: settings.jvmArgs.optional(),
  jvmPreset: settings.jvmPreset.optional(),
  subdomain: settings.subdomain.optional(),
  autoStart: settings.autoStart.optional(),
  tags: settings.tags.optional(),
  properties: propertiesSchema.optional(),
  wait: z.boolean().optional(),
});
export type CreateServerInput = z.input<typeof createServerInputSchema>;

export const updateServerInputSchema = z.object({
  serverId: z.uuid(),
  name: settings.name.optional(),
  description: settings.description.optional(),
  memoryMb: settings.memoryMb.optional(),
  port: settings.port.optional(),
  launchKind: launchKindSchema.optional(),
  cpuLimit: settings.cpuLimit.optional(),
  javaMajor: settings.javaMajor.optional(),
  jvmArgs: settings.jvmArgs.optional(),
  jvmPreset: settings.jvmPreset.optional(),
  subdomain: settings.subdomain.optional(),
  autoStart: settings.autoStart.optional(),
  crashPolicy: settings.crashPolicy.optional(),
  tags: settings.tags.optional(),
  /** The user's own consent to https://aka.ms/MinecraftEULA, given after the server was made. It cannot be taken back here. */
  acceptEula: z.literal(true).optional(),
});

export const serverIdInputSchema = z.object({ serverId: z.uuid() });
export const serverActionInputSchema = serverIdInputSchema.extend({
  force: z.boolean().optional(),
  wait: z.boolean().optional(),
});
export const deleteServerInputSchema = serverIdInputSchema.extend({
  /** The server's name, typed again. */
  confirm: z.string().max(200),
  wait: z.boolean().optional(),
});
export const listServersInputSchema = z
  .object({
    search: z.string().trim().max(100).optional(),
    state: serverStateSchema.optional(),
    tag: z.string().max(30).optional(),
  })
  .optional();
export const timelineInputSchema = serverIdInputSchema.extend({
  cursor: z
    .string()
    .regex(/^\d{1,19}$/)
    .optional(),
  limit: z.number().int().min(1).max(100).default(30),
});
export const updatePropertiesInputSchema = serverIdInputSchema.extend({ properties: propertiesSchema });

/** Who or what caused something. */
export const causedBySchema = z.object({
  kind: z.enum(["user", "token", "system", "outside"]),
  /** User name, or the name of the job (`crash-policy`, `auto-start`, `reconcile` …). */
  name: z.string(),
});
export type CausedBy = z.infer<typeof causedBySchema>;

/** Why the server last ended, in terms that the page can put into words. */
export const endReportSchema = z.object({
  exit: exitInfoSchema,
  cause: exitCauseSchema,
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** The log lines that prove it. */
  evidence: z.array(z.string()),
  /** True when nobody asked for it. */
  isCrash: z.boolean(),
  /** Name of the newest file in crash-reports/, if this end wrote one. */
  crashReport: z.string().nullable(),
});
export type EndReport = z.infer<typeof endReportSchema>;

export const liveStatusSchema = z.object({
  /** Share of one core; 1 = one core busy. Null when not running. */
  cpu: z.number().nullable(),
  memoryBytes: z.number().nullable(),
  playersOnline: z.number().int().nullable(),
  playersMax: z.number().int().nullable(),
  playerNames: z.array(z.string()),
});
export type LiveStatus = z.infer<typeof liveStatusSchema>;

export const serverSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  slug: z.string(),
  description: z.string(),
  ownerId: z.uuid(),
  ownerName: z.string(),
  type: serverTypeSchema,
  version: z.string(),
  build: z.string().nullable(),
  launchKind: launchKindSchema,
  state: serverStateSchema,
  desiredState: z.enum(["running", "stopped"]),
  /** When `state` began. */
  stateSince: z.date(),
  /** Why `state` is what it is, when there is more to say (unknown, a failed start, a crash). */
  lastEnd: endReportSchema.nullable(),
  /** A start is waiting: the crash policy will try again at this time. */
  retryAt: z.date().nullable(),
  memoryMb: z.number().int(),
  port: z.number().int(),
  /** In cores. */
  cpuLimit: z.number().nullable(),
  javaMajor: z.number().int().nullable(),
  /** What the version itself asks for. */
  requiredJava: z.number().int(),
  jvmArgs: z.array(z.string()),
  jvmPreset: jvmPresetSchema,
  subdomain: z.string().nullable(),
  autoStart: z.boolean(),
  crashPolicy: crashPolicySchema,
  tags: z.array(z.string()),
  eulaAccepted: z.boolean(),
  live: liveStatusSchema,
  /** How mcsd speaks with the running game: by its own management service, or by RCON and console. Null while it does not run. */
  control: z.enum(["management", "rcon"]).nullable(),
  /** Why the state is `unknown`: a code, and a sentence in English. */
  loss: z.object({ reason: z.enum(trackLossReasons), message: z.string() }).nullable(),
  /** It runs a version that has still to prove itself; until then, once it is ready. */
  trial: z.object({ healthyUntil: z.date().nullable() }).nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
/** A server as every caller sees it. Never holds the RCON password or the secret of the management service. */
export type Server = z.infer<typeof serverSchema>;

export const timelineEntrySchema = z.object({
  id: z.string(),
  at: z.date(),
  /** `state` for transitions, else what happened: `created`, `updated`, `deleted`, `crash`, `gave-up`, `adopted` … */
  kind: z.string(),
  from: serverStateSchema.nullable(),
  to: serverStateSchema.nullable(),
  by: causedBySchema,
  /** Cause and parameters for the sentence, e.g. `{ cause: "port_taken", port: 25565 }`. */
  detail: z.record(z.string(), z.unknown()),
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

/** What the one event stream of a tab carries. `lagged` asks the subscriber to read everything anew. */
export type ServerEvent =
  | { kind: "server"; server: Server }
  | { kind: "live"; serverId: string; live: LiveStatus }
  | import("../metrics/contract").MetricsEvent
  | import("../groups/contract").GroupsEvent
  | { kind: "removed"; serverId: string }
  | { kind: "timeline"; serverId: string; entry: TimelineEntry }
  | { kind: "job"; job: import("../jobs/contract").Job }
  /** Snapshots of the server have come, gone or changed. */
  | { kind: "snapshots"; serverId: string }
  /** Something was changed through mcsd in these folders of the server. */
  | { kind: "files"; serverId: string; folders: string[] }
  | import("../players/contract").PlayersEvent
  /** Accounts have changed (somebody registered, was approved …); for those who may list users. */
  | { kind: "people" }
  | { kind: "hello" }
  | { kind: "lagged" };
