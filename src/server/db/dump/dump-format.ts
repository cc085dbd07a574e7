import { z } from "zod";

/**
 * A dump is lines of text: one that begins it, then for every table a line that names it, its rows as COPY writes them and `\.`, then one
 * with the sequences and one that ends it, with the SHA-256 of all from the first table to the sequences.
 */
export const dumpHeadSchema = z.object({
  format: z.literal("mcsd-dump-1"),
  createdAt: z.string(),
  /** Hashes of the migrations that the database had, in order. */
  migrations: z.array(z.string()),
});
export type DumpHead = z.infer<typeof dumpHeadSchema>;

export const dumpTableSchema = z.object({ schema: z.string(), table: z.string(), columns: z.array(z.string()) });
export type DumpTable = z.infer<typeof dumpTableSchema>;

export const dumpSequencesSchema = z.object({
  sequences: z.array(z.object({ schema: z.string(), name: z.string(), value: z.string(), isCalled: z.boolean() })),
});
export type DumpSequences = z.infer<typeof dumpSequencesSchema>;

export const dumpEndSchema = z.object({ end: z.object({ tables: z.number().int(), sha256: z.string() }) });

/** No row of COPY's text form is this: a backslash in data is written twice. */
export const rowsEnd = "\\.\n";

/** For identifiers from the catalogue, never from people. */
export const quoted = (...names: string[]) => names.map((name) => `"${name.replaceAll('"', '""')}"`).join(".");
