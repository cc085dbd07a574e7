import type { LogLine } from "../contract";

/** One thing that the console shows: a line of the log, or something that this page adds beside it. */
export type ConsoleEntry =
  | { kind: "line"; line: LogLine }
  /** A command that this person sent, with what came back. `reply` is null when it went through the console. */
  | { kind: "command"; command: string; reply: string | null }
  | { kind: "refused"; command: string; reason: string }
  /** Lines between were lost: the log was cut. */
  | { kind: "gap" };

/** Levels as the filter groups them. */
export const levelGroups = ["debug", "info", "warn", "error"] as const;
export type LevelGroup = (typeof levelGroups)[number];

export function levelGroupOf(level: LogLine["level"]): LevelGroup {
  if (level === "trace" || level === "debug") return "debug";
  return level === "fatal" ? "error" : level;
}

/** True if the filter lets the entry through. What this page adds is always shown. */
export function isEntryShown(entry: ConsoleEntry, hidden: ReadonlySet<LevelGroup>): boolean {
  return entry.kind !== "line" || !hidden.has(levelGroupOf(entry.line.level));
}
