import { z } from "zod";
import { type Server, updateServerInputSchema } from "../../contract";

const fields = updateServerInputSchema.shape;

/** The settings form's view of the contract: an empty subdomain is none; JVM arguments are lines of text. */
export const settingsSchema = z.object({
  name: fields.name.unwrap(),
  description: fields.description.unwrap(),
  tags: fields.tags.unwrap(),
  memoryMb: fields.memoryMb.unwrap(),
  port: fields.port.unwrap(),
  launchKind: fields.launchKind.unwrap(),
  cpuLimit: z
    .string()
    .trim()
    .transform((text) => (text === "" ? null : Number(text.replace(",", "."))))
    .pipe(fields.cpuLimit.unwrap()),
  javaMajor: fields.javaMajor.unwrap(),
  jvmPreset: fields.jvmPreset.unwrap(),
  jvmArgs: z.string().transform(parseJvmArgs).pipe(fields.jvmArgs.unwrap()),
  autoStart: fields.autoStart.unwrap(),
  crashPolicy: fields.crashPolicy.unwrap(),
  subdomain: z
    .string()
    .trim()
    .transform((text) => (text === "" ? null : text))
    .pipe(fields.subdomain.unwrap()),
});
export type SettingsForm = z.input<typeof settingsSchema>;
export type Settings = z.output<typeof settingsSchema>;

/** One argument per line; empty lines and blanks at the ends do not count. */
export function parseJvmArgs(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

export function settingsOf(server: Server): SettingsForm {
  return {
    name: server.name,
    description: server.description,
    tags: server.tags,
    memoryMb: server.memoryMb,
    port: server.port,
    launchKind: server.launchKind,
    cpuLimit: server.cpuLimit === null ? "" : String(server.cpuLimit),
    javaMajor: server.javaMajor,
    jvmPreset: server.jvmPreset,
    jvmArgs: server.jvmArgs.join("\n"),
    autoStart: server.autoStart,
    crashPolicy: server.crashPolicy,
    subdomain: server.subdomain ?? "",
  };
}

/** Only what differs from the server: the timeline then tells what was really changed. */
export function changedSettings(settings: Settings, server: Server): Partial<Settings> {
  const differs = ([name, value]: [string, unknown]) =>
    JSON.stringify(value) !== JSON.stringify(server[name as keyof Settings]);
  return Object.fromEntries(Object.entries(settings).filter(differs)) as Partial<Settings>;
}
