import type { FileHandle } from "node:fs/promises";
import { extractorUid } from "@/server/archive/extractor-uid";
import { runConfined } from "@/server/confined/run-confined";
import { type SqliteTables, type SqliteTask, sqliteReplySchema } from "./sqlite-talk";

export interface SqliteRequest {
  /** Open for reading; both stay open. */
  database: FileHandle;
  /** The write-ahead log beside it. */
  log: FileHandle | null;
  /** Wanted columns by table: names of ours, never anybody else's. */
  tables: SqliteTask["tables"];
  signal?: AbortSignal;
}

/** Tables of a database that somebody else has made: at most 1000 rows each. Null when it cannot be read, or not within the limits. */
export type ReadSqlite = (request: SqliteRequest) => Promise<SqliteTables | null>;

const maxBytes = 64 * 1024 * 1024;
const timeoutMs = 15_000;

/** @param program the bundled `sqlite-reader.ts` */
export const createReadSqlite =
  (program: string | URL): ReadSqlite =>
  async ({ database, log, tables, signal }) => {
    const [stat, logStat] = await Promise.all([database.stat(), log?.stat()]);
    if (!stat.isFile() || stat.size > maxBytes || (logStat && (!logStat.isFile() || logStat.size > maxBytes)))
      return null;
    const uid = process.getuid?.() === 0 ? extractorUid : null;
    let said = "";
    const end = await runConfined({
      program,
      task: { tables, hasLog: log !== null, uid } satisfies SqliteTask,
      inputs: log === null ? [database.fd] : [database.fd, log.fd],
      folder: "/",
      heapMb: 256,
      maxFileBytes: 1024 * 1024,
      timeoutMs,
      signal,
      onLine: (line) => {
        said = line;
      },
    });
    if (end.ended !== null || end.code !== 0) return null;
    return parseReply(said);
  };

function parseReply(line: string): SqliteTables | null {
  try {
    const reply = sqliteReplySchema.safeParse(JSON.parse(line)).data;
    return reply?.kind === "read" ? reply.tables : null;
  } catch {
    return null;
  }
}
