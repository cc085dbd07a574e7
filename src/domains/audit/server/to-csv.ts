import type { z } from "zod";
import type { exportedEntrySchema } from "../contract";

type Row = z.infer<typeof exportedEntrySchema>;

const columns = [
  "seq",
  "at",
  "actorKind",
  "actorId",
  "actorName",
  "address",
  "action",
  "targetKind",
  "targetId",
  "result",
  "details",
  "hash",
] as const satisfies readonly (keyof Row)[];

/** The mark at the beginning tells spreadsheets that this is UTF-8. */
export const csvHead = `\ufeff${columns.join()}\r\n`;

/** One line (RFC 4180). What a spreadsheet would take for a formula begins with an apostrophe. */
export function toCsvLine(row: Row): string {
  const texts = columns.map((name) => (name === "details" ? JSON.stringify(row.details) : String(row[name] ?? "")));
  return `${texts.map(toCell).join()}\r\n`;
}

function toCell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
