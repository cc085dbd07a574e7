import { z } from "zod";

/** What the reader is told, as its one argument. */
export interface SqliteTask {
  /** Columns by table. */
  tables: Readonly<Record<string, readonly string[]>>;
  /** A log of what is not in the database yet is open beside it. */
  hasLog: boolean;
  /** Whose rights it takes before it looks at the database; null: keeps those it has. */
  uid: number | null;
}

const cell = z.union([z.string(), z.number(), z.null()]);

/** What it says, in one line of JSON. */
export const sqliteReplySchema = z.discriminatedUnion("kind", [
  /** A table that is not there has no entry, and a column that is not there none in its rows. */
  z.object({ kind: z.literal("read"), tables: z.record(z.string(), z.array(z.record(z.string(), cell))) }),
  z.object({ kind: z.literal("refused") }),
]);
export type SqliteReply = z.infer<typeof sqliteReplySchema>;
export type SqliteTables = Extract<SqliteReply, { kind: "read" }>["tables"];
