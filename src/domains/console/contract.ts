import { z } from "zod";
import { hasControlCharacters } from "@/lib/control-characters";

export const logLevels = ["trace", "debug", "info", "warn", "error", "fatal"] as const;
export const logLevelSchema = z.enum(logLevels);
export type LogLevel = z.infer<typeof logLevelSchema>;

/** One line of a server's console. `text` is data: ANSI and § codes are still in it. */
export const logLineSchema = z.object({
  /** Grows along the log and is never reused: a byte offset as a decimal string. */
  id: z.string(),
  /** ISO 8601, UTC. */
  time: z.string(),
  level: logLevelSchema,
  text: z.string(),
});
export type LogLine = z.infer<typeof logLineSchema>;

/** Vanilla drops the connection on a longer request (1460 bytes with its frame). */
export const maxCommandBytes = 1446;

export const commandSchema = z
  .string()
  .trim()
  .min(1)
  .max(maxCommandBytes)
  .refine((command) => !hasControlCharacters(command), { message: "control_characters" })
  .refine((command) => new TextEncoder().encode(command).length <= maxCommandBytes, { message: "too_long" });

export const logsInputSchema = z.object({
  serverId: z.uuid(),
  lines: z.number().int().min(1).max(1000).default(100),
  /** Only lines before this id (for scrolling back). */
  before: z
    .string()
    .regex(/^\d{1,19}$/)
    .optional(),
});

export const commandInputSchema = z.object({ serverId: z.uuid(), command: commandSchema });

export const streamInputSchema = z.object({
  serverId: z.uuid(),
  /** Id of the last line received; the stream goes on after it. */
  lastEventId: z
    .string()
    .regex(/^\d{1,19}$/)
    .optional(),
});

/** What a console subscriber receives. `lastEventId` is the id after the last line received. */
export type ConsoleEvent =
  | { kind: "lines"; lines: readonly LogLine[] }
  /** The log was cut below where the subscriber had stopped reading: lines between are gone. */
  | { kind: "gap" };
