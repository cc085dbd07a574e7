import { z } from "zod";
import { createServerInputSchema, managedProperties, propertiesSchema } from "./contract";

const { name, description, type, version, build, memoryMb, cpuLimit, launchKind, javaMajor, jvmArgs, autoStart, tags } =
  createServerInputSchema.shape;

const isOpen = (key: string) =>
  !(managedProperties as readonly string[]).includes(key) && !/password|secret|^management-server-/.test(key);

/** A server's settings without its world, its name and its place: what others are made from. */
export const templateSettingsSchema = z.strictObject({
  ...{ type, version, build, memoryMb, cpuLimit, launchKind, javaMajor, jvmArgs, autoStart, tags, description },
  properties: propertiesSchema
    .refine((properties) => Object.keys(properties).every(isOpen), { message: "managed" })
    .optional(),
});
export type TemplateSettings = z.infer<typeof templateSettingsSchema>;

const about = { name, description: z.string().trim().max(500).default("") };

/** A template as a file: `docs/server-template.schema.json` is made of this. */
export const templateFileSchema = z.strictObject({
  format: z.literal("mcsd-server-template"),
  formatVersion: z.literal(1),
  ...about,
  settings: templateSettingsSchema,
});
export type TemplateFile = z.infer<typeof templateFileSchema>;

export const serverTemplateSchema = z.object({
  id: z.uuid(),
  ...about,
  settings: templateSettingsSchema,
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type ServerTemplate = z.infer<typeof serverTemplateSchema>;

/** Of settings that are given, or as those of a server are now. */
export const createTemplateInputSchema = z
  .object({ ...about, settings: templateSettingsSchema.optional(), serverId: z.uuid().optional() })
  .refine(({ settings, serverId }) => (settings === undefined) !== (serverId === undefined), {
    message: "settings_or_server",
    path: ["settings"],
  });
export const updateTemplateInputSchema = z.object({
  templateId: z.uuid(),
  name: name.optional(),
  description: z.string().trim().max(500).optional(),
  settings: templateSettingsSchema.optional(),
});
export const templateIdInputSchema = z.object({ templateId: z.uuid() });

/** What a server's properties may leave behind in a template. */
export function openProperties(properties: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => isOpen(key)));
}
