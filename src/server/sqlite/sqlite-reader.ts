import { fstatSync, readFileSync, readSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import initSqlJs, { type Database } from "sql.js";
import { takeRights } from "@/server/confined/take-rights";
import { mergeLog } from "./merge-log";
import type { SqliteReply, SqliteTables, SqliteTask } from "./sqlite-talk";

const databaseFd = 3;
const logFd = 4;
const maxRows = 1000;
const maxText = 500;

/**
 * A program of its own, because a hostile database may crash or stall a reader: reads tables of the database that is open as descriptor 3 and
 * says them in one line of JSON. All code is loaded before it gives up its rights, so it needs to reach nothing else.
 */
async function main({ tables, hasLog, uid }: SqliteTask): Promise<SqliteReply> {
  const wasm = readFileSync(createRequire(import.meta.url).resolve("sql.js/dist/sql-wasm.wasm"));
  const sql = await initSqlJs({ wasmBinary: new Uint8Array(wasm).buffer });
  if (uid !== null) takeRights(uid);
  try {
    const database = new sql.Database(mergeLog(readAll(databaseFd), hasLog ? readAll(logFd) : null));
    database.exec("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA query_only = ON;");
    const found: SqliteTables = {};
    for (const [name, columns] of Object.entries(tables)) {
      const rows = readTable(database, name, columns);
      if (rows) found[name] = rows;
    }
    return { kind: "read", tables: found };
  } catch {
    return { kind: "refused" };
  }
}

/** Null where there is none: views and virtual tables are programs, and so are columns that are computed. */
function readTable(database: Database, name: string, wanted: readonly string[]): SqliteTables[string] | null {
  const isTable = "SELECT 1 FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name = ?";
  if (database.exec(isTable, [name]).length === 0) return null;
  const [known] = database.exec("SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0", [name]);
  const columns = wanted.filter((column) => known?.values.some(([is]) => is === column));
  if (columns.length === 0) return null;
  const cells = columns.map(
    (column) => `CASE typeof("${column}") WHEN 'text' THEN substr("${column}", 1, ${maxText})
      WHEN 'integer' THEN "${column}" WHEN 'real' THEN "${column}" END`,
  );
  const [rows] = database.exec(`SELECT ${cells.join(", ")} FROM main."${name}" LIMIT ${maxRows}`);
  return (rows?.values ?? []).map((row) =>
    Object.fromEntries(
      columns.map((column, index) => {
        const value = row[index];
        return [column, typeof value === "string" || Number.isFinite(value) ? (value as string | number) : null];
      }),
    ),
  );
}

function readAll(fd: number): Uint8Array {
  const bytes = new Uint8Array(fstatSync(fd).size);
  let done = 0;
  while (done < bytes.length) {
    const count = readSync(fd, bytes, done, bytes.length - done, done);
    if (count === 0) break;
    done += count;
  }
  return bytes.subarray(0, done);
}

writeSync(1, `${JSON.stringify(await main(JSON.parse(process.argv[2] ?? "") as SqliteTask))}\n`);
process.exit(0);
