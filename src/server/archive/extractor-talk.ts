import { z } from "zod";
import { archiveFormats } from "./archive-format";
import type { ArchiveLimits } from "./archive-limits";

/** What the extractor is told, as its one argument. */
export interface ExtractorTask {
  limits: ArchiveLimits;
  /** Whose rights it takes before it looks at the archive; null: keeps those it has. */
  uid: number | null;
}

/** What it says, a line of JSON each; the last one is not `progress`. */
export const extractorReplySchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("progress"), bytes: z.number(), entries: z.number() }),
  z.object({
    kind: z.literal("done"),
    format: z.enum(archiveFormats),
    files: z.number(),
    folders: z.number(),
    bytes: z.number(),
  }),
  z.object({ kind: z.literal("refused"), rule: z.string().max(40), entry: z.string().max(2000).optional() }),
  z.object({ kind: z.literal("failed"), code: z.string().max(40) }),
]);
export type ExtractorReply = z.infer<typeof extractorReplySchema>;
