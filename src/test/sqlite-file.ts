import initSqlJs from "sql.js";

/** The bytes of a database that these statements make. */
export async function sqliteFile(statements: string): Promise<Uint8Array> {
  const sql = await initSqlJs();
  const database = new sql.Database();
  try {
    database.exec(statements);
    return database.export();
  } finally {
    database.close();
  }
}
