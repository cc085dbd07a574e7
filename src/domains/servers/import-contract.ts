import { z } from "zod";
import { isFilePath } from "@/lib/is-file-path";
import { launchKindSchema } from "../launch/contract";
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
export const importNotes = ["no_program", "no_version", "no_properties", "no_world", "several"] as const;
export type ImportNote = (typeof importNotes)[number];

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
  /** What the other panel did by the clock. It is shown, and not taken over. */
  schedules: z.array(z.object({ name: z.string(), when: z.string(), action: z.string() })),
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
});

export const cloneServerInputSchema = z.object({
  serverId: z.uuid(),
  name,
  port,
  subdomain: subdomain,
  wait,
});
