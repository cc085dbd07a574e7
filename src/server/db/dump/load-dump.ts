import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import type postgres from "postgres";
import { BootError } from "@/server/boot-error";
import { openPool } from "../connect";
import { type DumpTable, quoted } from "./dump-format";
import { readDump } from "./read-dump";

interface Place {
  migrationsFolder: string;
  /** For a short while. */
  temporary: string;
}

/** Fills an empty database with a dump, at the version that it was made at. Returns the SHA-256 of the dump's content. */
export async function loadDump(url: string, path: string, place: Place): Promise<string> {
  const sql = openPool(url, 1);
  try {
    const nothing = () => {};
    const others = { onTable: nothing, onRows: nothing, onTableEnd: nothing, onSequences: nothing };
    // Read once before: a dump that is not whole changes nothing.
    await readDump(path, { onHead: ({ migrations }) => migrateTo(sql, migrations, place), ...others });
    return await sql.begin((tx) => fill(tx, path));
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Rows of the audit log chain themselves when they are written, and what guards them refuses more: not for what is only put back. */
async function fill(tx: postgres.TransactionSql, path: string): Promise<string> {
  await tx.unsafe("set local statement_timeout = 0");
  const rows = await tx`
    select n.nspname as schema, c.relname as table from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname in ('public', 'drizzle')`;
  const all = rows.map((row) => quoted(String(row.schema), String(row.table)));
  for (const table of all) await tx.unsafe(`alter table ${table} disable trigger user`);
  await tx.unsafe(`truncate ${all.join(", ")}`);
  let target: { stream: Writable; ended: Promise<void> } | null = null;
  const hash = await readDump(path, {
    onHead: () => {},
    onTable: async (table) => {
      const stream = await tx.unsafe(copyInto(table)).writable();
      target = { stream, ended: finished(stream) };
      target.ended.catch(() => {});
    },
    onRows: async (content) => {
      if (!target) throw new Error("There are rows of no table.");
      const { stream, ended } = target;
      if (!stream.write(content))
        await Promise.race([new Promise<void>((resolve) => stream.once("drain", resolve)), ended]);
    },
    onTableEnd: async () => {
      target?.stream.end();
      await target?.ended;
      target = null;
    },
    onSequences: async (sequences) => {
      for (const { schema, name, value, isCalled } of sequences)
        await tx`select setval(${quoted(schema, name)}, ${value}::bigint, ${isCalled})`;
    },
  });
  for (const table of all) await tx.unsafe(`alter table ${table} enable trigger user`);
  return hash;
}

function copyInto({ schema, table, columns }: DumpTable): string {
  return `copy ${quoted(schema, table)} (${columns.map((column) => quoted(column)).join(", ")}) from stdin`;
}

/** The migrations that the dump had, and none that came later: those are for the next start. */
async function migrateTo(
  sql: postgres.Sql,
  wanted: readonly string[],
  { migrationsFolder, temporary }: Place,
): Promise<void> {
  const known = readMigrationFiles({ migrationsFolder }).map(({ hash }) => hash);
  if (wanted.some((hash, index) => known[index] !== hash))
    throw new BootError(
      "The dump was written by another mcsd than this one or an older one: use the mcsd that wrote it, or a newer one",
    );
  await mkdir(temporary, { recursive: true });
  const folder = await mkdtemp(join(temporary, "migrations-"));
  try {
    await cp(migrationsFolder, folder, { recursive: true });
    const journal = join(folder, "meta", "_journal.json");
    const { entries, ...rest } = JSON.parse(await readFile(journal, "utf8")) as { entries: unknown[] };
    await writeFile(journal, JSON.stringify({ ...rest, entries: entries.slice(0, wanted.length) }));
    await migrate(drizzle(sql), { migrationsFolder: folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
