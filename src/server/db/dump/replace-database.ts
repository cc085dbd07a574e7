import { BootError } from "@/server/boot-error";
import { errorCode } from "@/server/fs/error-code";
import { openPool } from "../connect";
import { quoted } from "./dump-format";
import { loadDump } from "./load-dump";
import { administrate, databaseAt } from "./scratch-database";

/**
 * Puts a dump in the place of the database: loaded whole beside it, then renamed in, in one transaction. Nobody else may be connected.
 * Returns the name under which what was there before is kept; that of an earlier time is removed.
 */
export async function replaceDatabase(
  url: string,
  path: string,
  place: { migrationsFolder: string; temporary: string },
): Promise<string> {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  const fresh = `${name}_restoring`;
  const before = `${name}_before_restore`;
  try {
    await administrate(
      url,
      `drop database if exists ${quoted(fresh)}`,
      `create database ${quoted(fresh)} template template0`,
    );
    await loadDump(databaseAt(url, fresh), path, place);
    await administrate(url, `drop database if exists ${quoted(before)}`);
    const sql = openPool(databaseAt(url, "postgres"), 1);
    try {
      await sql.begin(async (tx) => {
        await tx.unsafe(`alter database ${quoted(name)} rename to ${quoted(before)}`);
        await tx.unsafe(`alter database ${quoted(fresh)} rename to ${quoted(name)}`);
      });
    } finally {
      await sql.end({ timeout: 5 });
    }
    return before;
  } catch (error) {
    if (errorCode(error) === "42501")
      throw new BootError(`The user of DATABASE_URL may not create and rename databases: ${(error as Error).message}`);
    throw error;
  }
}
