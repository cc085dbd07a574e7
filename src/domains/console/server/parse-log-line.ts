import type { LogLevel } from "@/domains/console/contract";

export interface ParsedLogLine {
  level: LogLevel;
  /** `HH:MM:SS` in the server's own time zone, or null for a line without a prefix. */
  timeOfDay: string | null;
  /** Name of the thread where the format has one. */
  thread: string | null;
  /** What follows the prefix, without ANSI codes; § codes are still in it. */
  message: string;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: ANSI codes begin with one
const ansi = /\u001b\[[0-9;?]*[ -/]*[@-~]/g;

/**
 * The prefixes of vanilla, Fabric, Spigot, Paper's console, Forge, NeoForge, Velocity, BungeeCord and of versions before
 * 1.7. Groups: time and level of each family, then thread and level. Every repetition ends at a character it cannot
 * itself take, which keeps the time linear on hostile lines.
 */
const prefix =
  /^(?:\[(?:\S+ )?(\d\d:\d\d:\d\d)(?:\.\d{3})?(?: (\w+))?\]|\d{4}-\d\d-\d\d (\d\d:\d\d:\d\d) \[(\w+)\]|(\d\d:\d\d:\d\d) \[(\w+)\])(?: \[([^\]]+)\/(\w+)\])?(?: \[[^\]]*\](?=:)| \([^)]*\))?:?(?: |$)/;

/** What a terminal prompt may leave before a line. */
const promptRest = /^[>\r ]+/;
const stackTrace = /^(?:\s+at \S|Caused by: |Exception in thread |Error: |[\w.$]+(?:Exception|Error)(?::|$))/;

const levels: Readonly<Record<string, LogLevel>> = {
  TRACE: "trace",
  FINEST: "trace",
  FINER: "trace",
  DEBUG: "debug",
  FINE: "debug",
  WARN: "warn",
  WARNING: "warn",
  ERROR: "error",
  SEVERE: "error",
  FATAL: "fatal",
};

/**
 * Takes a console line apart. Never fails: what has no known prefix is all message, of level info or, for the lines of a
 * stack trace, error.
 */
export function parseLogLine(text: string): ParsedLogLine {
  const plain = withoutTrailingReturn(text.includes("\u001b") ? text.replace(ansi, "") : text);
  const match = prefix.exec(plain);
  if (match !== null) return fromPrefix(match, plain);
  const behindPrompt = plain.replace(promptRest, "");
  const late = behindPrompt.length === plain.length ? null : prefix.exec(behindPrompt);
  if (late !== null) return fromPrefix(late, behindPrompt);
  return { level: stackTrace.test(plain) ? "error" : "info", timeOfDay: null, thread: null, message: plain };
}

function fromPrefix(match: RegExpExecArray, line: string): ParsedLogLine {
  const [whole, time1, level1, time2, level2, time3, level3, thread, level4] = match;
  return {
    level: levels[(level4 ?? level1 ?? level2 ?? level3 ?? "").toUpperCase()] ?? "info",
    timeOfDay: time1 ?? time2 ?? time3 ?? null,
    thread: thread ?? null,
    message: line.slice(whole.length),
  };
}

function withoutTrailingReturn(text: string): string {
  return text.endsWith("\r") ? text.slice(0, -1) : text;
}

/** True for the two lines that every RCON connection of ours causes. */
export function isRconNoise(message: string): boolean {
  return (
    message.startsWith("Thread RCON Client ") && /^Thread RCON Client \S+ (?:started|shutting down)$/.test(message)
  );
}
