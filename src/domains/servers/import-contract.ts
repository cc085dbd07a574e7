import { z } from "zod";
import { isFilePath } from "@/lib/is-file-path";
import { launchKindSchema } from "../launch/contract";
import { retentionSchema, timingSchema } from "../snapshots/contract";
import { serverTypeSchema } from "../versions/contract";
import { createServerInputSchema } from "./contract";

/** A folder inside a folder; empty: that one itself. */
const innerPathSchema = z
  .string()
  .max(1024)
  .refine((path) => path === "" || isFilePath(path), { message: "path" });

/** Where a server comes from: a folder below IMPORT_ROOT, or an archive that was uploaded for it. */
export const importSourceSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("folder"), path: innerPathSchema }),
  z.object({ kind: z.literal("upload"), uploadId: z.uuid() }),
]);
export type ImportSource = z.infer<typeof importSourceSchema>;

export const panels = ["pterodactyl", "crafty", "mcsmanager"] as const;
export type Panel = (typeof panels)[number];

/** What is worth saying about a folder beside its fields. */
export const importNotes = [
  "no_program",
  "no_version",
  "no_properties",
  "no_world",
  "several",
  /** The panel's own database is there and is none, is damaged, or is too large. */
  "panel_unreadable",
  /** The panel keeps its settings apart from the folder, and they have not come with it. */
  "panel_apart",
] as const;
export type ImportNote = (typeof importNotes)[number];

/** Why something that another panel did by the clock is not taken over. */
export const scheduleReasons = ["other_action", "switched_off", "limited", "follows", "not_exact"] as const;
export type ScheduleReason = (typeof scheduleReasons)[number];

const [intervalSchema, cronSchema] = timingSchema.options;
export const foundScheduleSchema = z.object({
  name: z.string(),
  when: z.string(),
  action: z.string(),
  /** The same time here; which zone a cron expression means, a person has to say. Null: it is not taken over. */
  becomes: z.discriminatedUnion("kind", [intervalSchema, cronSchema.omit({ timeZone: true })]).nullable(),
  /** How many backups it kept; null: without end, or not known. */
  keep: z.number().int().nullable(),
  reason: z.enum(scheduleReasons).nullable(),
});
export type FoundSchedule = z.infer<typeof foundScheduleSchema>;

export const importFindingsSchema = z.object({
  /** The server's folder inside the source. */
  root: z.string(),
  /** Other folders that look like servers. */
  others: z.array(z.string()),
  name: z.string().nullable(),
  type: serverTypeSchema,
  version: z.string().nullable(),
  build: z.string().nullable(),
  port: z.number().int().nullable(),
  /** Name of the world's folder. */
  world: z.string().nullable(),
  memoryMb: z.number().int().nullable(),
  /** What the version asks for; null while that is not known. */
  javaMajor: z.number().int().nullable(),
  hasEula: z.boolean(),
  /** What is run: a jar, or files of arguments. */
  program: z.string().nullable(),
  panel: z.enum(panels).nullable(),
  /** What the other panel did by the clock. Those that make backups can become the schedule of the new server. */
  schedules: z.array(foundScheduleSchema),
  files: z.number().int(),
  bytes: z.number(),
  notes: z.array(z.enum(importNotes)),
});
export type ImportFindings = z.infer<typeof importFindingsSchema>;

export const inspectImportInputSchema = z.object({ source: importSourceSchema, root: innerPathSchema.optional() });

export const listImportFoldersInputSchema = z.object({ path: innerPathSchema.default("") });

const { name, description, version, build, memoryMb, port, acceptEula, javaMajor, subdomain, autoStart, tags, wait } =
  createServerInputSchema.shape;

/** What was found, as a person has confirmed or corrected it. */
export const importServerInputSchema = z.object({
  source: importSourceSchema,
  root: innerPathSchema.optional(),
  ...{ name, description, version, build, memoryMb, port, acceptEula, javaMajor, subdomain, autoStart, tags, wait },
  type: serverTypeSchema,
  launchKind: launchKindSchema.optional(),
  /** Snapshots by the clock, as they were found and a person has confirmed them. */
  schedule: z.object({ timing: timingSchema, keep: retentionSchema.shape.last.optional() }).optional(),
});

export type ImportServerInput = z.input<typeof importServerInputSchema>;

export const cloneServerInputSchema = z.object({
  serverId: z.uuid(),
  name,
  port,
  subdomain: subdomain,
  wait,
});
