import { readMigrationFiles } from "drizzle-orm/migrator";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import type postgres from "postgres";
import { BootError, isBootError } from "@/server/boot-error";
import { errorCode } from "@/server/fs/error-code";
import type { Logger } from "@/server/logger";
import { openPool } from "./connect";
import { waitForDatabase } from "./wait-for-database";

/** Any number, the same in every mcsd. */
const lockKey = 5_077_230_911;
const oldestServer = 150_000;

/**
 * Brings the database to this mcsd's schema. Of several processes that start at once one migrates and the others wait
 * (session advisory lock). Refuses a server older than PostgreSQL 15 and a database that a newer mcsd has migrated.
 * Failures are BootErrors.
 *
 * @param options.migrationsFolder as drizzle-kit writes it
 * @param options.beforeChange called before an existing database is changed; a failure leaves it as it is
 * @param options.waitMs how long to wait for a database that does not answer yet, 15 s by default
 */
export async function migrateDatabase(
  url: string,
  options: { log: Logger; migrationsFolder: string; waitMs?: number; beforeChange?: () => Promise<void> },
): Promise<void> {
  const { migrationsFolder } = options;
  await waitForDatabase(url, options.waitMs ?? 15_000);
  const sql = openPool(url, 1);
  try {
    await refuseOldServer(sql);
    await sql`set lock_timeout = '2min'`;
    await sql`select pg_advisory_lock(${lockKey})`;
    await sql`set lock_timeout = 0`;
    await sql`set statement_timeout = 0`;
    const applied = await refuseUnknownMigrations(sql, migrationsFolder);
    const added = readMigrationFiles({ migrationsFolder }).length - applied;
    if (added > 0 && applied > 0) await options.beforeChange?.();
    await applyMigrations(drizzle(sql), { migrationsFolder });
    if (added > 0) options.log.info({ migrations: added }, "the database was brought up to date");
  } catch (error) {
    throw explain(error);
  } finally {
    // Closing the session gives the lock back.
    await sql.end({ timeout: 5 });
  }
}

async function refuseOldServer(sql: postgres.Sql): Promise<void> {
  const [row] =
    await sql`select current_setting('server_version_num')::int as number, current_setting('server_version') as version`;
  if (Number(row?.number) >= oldestServer) return;
  throw new BootError(
    `DATABASE_URL points at PostgreSQL ${row?.version}, but mcsd needs 15 or newer: upgrade that server, or unset DATABASE_URL`,
  );
}

/** Returns how many migrations the database has. They are known by the hashes of their files. */
async function refuseUnknownMigrations(sql: postgres.Sql, migrationsFolder: string): Promise<number> {
  const [table] = await sql`select to_regclass('drizzle.__drizzle_migrations') is not null as exists`;
  if (table?.exists !== true) return 0;
  const known = new Set(readMigrationFiles({ migrationsFolder }).map((migration) => migration.hash));
  const recorded = await sql`select hash from drizzle.__drizzle_migrations`;
  const unknown = recorded.filter((row) => !known.has(String(row.hash))).length;
  if (unknown === 0) return recorded.length;
  throw new BootError(
    `The database was written by a newer mcsd (it has ${unknown} migration${unknown === 1 ? "" : "s"} that this one does not know): ` +
      "start that version again, or use another database or a backup from before",
  );
}

function explain(error: unknown): unknown {
  if (isBootError(error)) return error;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const reason = cause instanceof Error ? cause.message : String(cause);
  if (errorCode(cause) === "55P03") {
    return new BootError(
      "Another mcsd has been migrating this database for two minutes: wait for it or stop it, then start again",
      { cause: error },
    );
  }
  return new BootError(
    `The database could not be brought to this version's schema, and is as it was before: ${reason}`,
    { cause: error },
  );
}
