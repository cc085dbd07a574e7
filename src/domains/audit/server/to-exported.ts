import type { z } from "zod";
import type { exportedEntrySchema } from "../contract";
import type { listOldest } from "./repository";

export type ExportedRow = Awaited<ReturnType<typeof listOldest>>[number];

/** A row as a line of the export: its time with microseconds, as it was hashed. */
export function toExported({ atText, at: _at, ...row }: ExportedRow): z.infer<typeof exportedEntrySchema> {
  return { ...row, at: atText };
}
