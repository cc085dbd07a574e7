import { cleanLogText, plainLogText } from "./clean-log-text";
import type { ConsoleEntry } from "./console-entry";
import { minecraftColoursToAnsi } from "./minecraft-colours";

const dim = "\u001b[90m";
const reset = "\u001b[0m";
const levelColour = { trace: "90", debug: "90", info: "", warn: "33", error: "31", fatal: "31" } as const;

export interface EntryFormat {
  /** Formats a time for the viewer; null leaves the server's own clock in the line. */
  clock: ((time: Date) => string) | null;
  /** Sentence for lost lines. */
  gap: string;
}

/** The server's own clock at the head of a line, which the viewer's takes the place of. Paper keeps its level in it. */
export function withoutServerClock(text: string): string {
  return text.replace(/^\[\d\d:\d\d:\d\d(?:\.\d{3})?(?: (\w+))?\]:? ?/, (_whole, level?: string) =>
    level ? `[${level}]: ` : "",
  );
}

/** One entry as terminal rows, each ending in a line break. Nothing in it but text and colours. */
export function formatEntry(entry: ConsoleEntry, format: EntryFormat): string {
  switch (entry.kind) {
    case "line": {
      const { level, time, text } = entry.line;
      const shown = format.clock ? withoutServerClock(text) : text;
      const stamp = format.clock ? `${dim}${format.clock(new Date(time))}${reset} ` : "";
      const colour = levelColour[level];
      return `${stamp}${colour ? `\u001b[${colour}m` : ""}${minecraftColoursToAnsi(cleanLogText(shown))}${reset}\r\n`;
    }
    case "command": {
      const rows = (entry.reply ?? "")
        .split("\n")
        .map((row) => `${minecraftColoursToAnsi(cleanLogText(row))}${reset}\r\n`);
      return `\u001b[1;32m> ${plainLogText(entry.command)}${reset}\r\n${entry.reply ? rows.join("") : ""}`;
    }
    case "refused":
      return `\u001b[1;32m> ${plainLogText(entry.command)}${reset}\r\n\u001b[31m${plainLogText(entry.reason)}${reset}\r\n`;
    case "gap":
      return `${dim}… ${format.gap} …${reset}\r\n`;
  }
}

/** The entry for the clipboard and for a file: plain, with the time in UTC. */
export function entryAsText(entry: ConsoleEntry, gap: string): string {
  switch (entry.kind) {
    case "line":
      return `${entry.line.time} ${plainLogText(entry.line.text)}`;
    case "command":
      return [
        `> ${plainLogText(entry.command)}`,
        ...(entry.reply ? entry.reply.split("\n").map(plainLogText) : []),
      ].join("\n");
    case "refused":
      return `> ${plainLogText(entry.command)}\n${plainLogText(entry.reason)}`;
    case "gap":
      return `… ${gap} …`;
  }
}
