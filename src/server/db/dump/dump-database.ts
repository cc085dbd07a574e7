import { createHash } from "node:crypto";
import { rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { Duplex } from "node:stream";
import type postgres from "postgres";
import { syncFolder } from "@/server/fs/sync-folder";
import { openPool } from "../connect";
import { type DumpHead, type DumpSequences, type DumpTable, quoted, rowsEnd } from "./dump-format";
import { createFramedFile } from "./framed-file";

/** Of figures that are summed up and removed within a week, only the sums that stay are worth keeping every night. */
const keptRows: Readonly<Record<string, string>> = { server_metrics: "step >= 3600", host_metrics: "step >= 3600" };

/**
 * Writes all of the database as it is at one moment into a new file: COPY of every table within one transaction that sees nothing
 * that is committed later. The file is there whole, on disk, or not at all. Returns the SHA-256 of its content.
 */
export async function dumpDatabase(url: string, path: string, now: Date): Promise<string> {
  const part = `${path}.part`;
  await rm(part, { force: true });
  const file = await createFramedFile(part);
  let socket: Duplex | null = null;
  const sql = openPool(url, 1, {
    onSocket: (opened) => {
      socket = opened;
    },
  });
  try {
    const hash = createHash("sha256");
    await sql.begin("isolation level repeatable read read only", async (tx) => {
      await tx.unsafe("set local statement_timeout = 0");
      const line = (value: object) => Buffer.from(`${JSON.stringify(value)}\n`);
      const write = async (content: Buffer) => {
        hash.update(content);
        await file.write(content);
      };
      const migrations = await listMigrations(tx);
      const head: DumpHead = { format: "mcsd-dump-1", createdAt: now.toISOString(), migrations };
      await file.write(line(head));
      const tables = await listTables(tx);
      for (const table of tables) {
        await write(line(table));
        const columns = table.columns.map((column) => quoted(column)).join(", ");
        const name = quoted(table.schema, table.table);
        const kept = keptRows[table.table];
        const what = kept ? `(select ${columns} from ${name} where ${kept})` : `${name} (${columns})`;
        const rows = await tx.unsafe(`copy ${what} to stdout`).readable();
        for await (const chunk of rows) await write(chunk as Buffer);
        // The driver (3.4.9) leaves its socket paused when the last rows and the end of the copy come together.
        socket?.resume();
        await write(Buffer.from(rowsEnd));
      }
      await write(line({ sequences: await listSequences(tx) } satisfies DumpSequences));
      await file.write(line({ end: { tables: tables.length, sha256: hash.copy().digest("hex") } }));
    });
    await file.finish();
    await file.close();
    await rename(part, path);
    await syncFolder(dirname(path));
    return hash.digest("hex");
  } catch (error) {
    await file.close().catch(() => {});
    await rm(part, { force: true });
    throw error;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function listMigrations(tx: postgres.TransactionSql): Promise<string[]> {
  const rows = await tx`select hash from drizzle.__drizzle_migrations order by created_at, id`;
  return rows.map((row) => String(row.hash));
}

/** Every table with its columns, those that others refer to before them. */
async function listTables(tx: postgres.TransactionSql): Promise<DumpTable[]> {
  const rows = await tx`
    select n.nspname as schema, c.relname as table, c.oid::text as id,
      (select json_agg(a.attname order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '')::text as columns,
      coalesce((select json_agg(distinct f.confrelid::text) from pg_constraint f
        where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid), '[]')::text as refers
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname in ('public', 'drizzle')
    order by n.nspname, c.relname`;
  const left = rows.map((row) => ({
    id: String(row.id),
    schema: String(row.schema),
    table: String(row.table),
    columns: JSON.parse(String(row.columns)) as string[],
    refers: JSON.parse(String(row.refers)) as string[],
  }));
  const placed = new Set<string>();
  const ordered: DumpTable[] = [];
  while (left.length > 0) {
    const index = left.findIndex(({ refers }) => refers.every((id) => placed.has(id)));
    const [next] = left.splice(Math.max(0, index), 1);
    if (!next || index < 0) throw new Error("Tables refer to each other in a circle.");
    placed.add(next.id);
    ordered.push({ schema: next.schema, table: next.table, columns: next.columns });
  }
  return ordered;
}

async function listSequences(tx: postgres.TransactionSql): Promise<DumpSequences["sequences"]> {
  const rows = await tx`
    select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'S' and n.nspname in ('public', 'drizzle') order by 1, 2`;
  const found: DumpSequences["sequences"] = [];
  for (const row of rows) {
    const schema = String(row.schema);
    const name = String(row.name);
    const [now] = await tx.unsafe(`select last_value::text as value, is_called from ${quoted(schema, name)}`);
    found.push({ schema, name, value: String(now?.value), isCalled: now?.is_called === true });
  }
  return found;
}
