import postgres from "postgres";
import { databaseName, databaseUser } from "./postgres-settings";

export interface ProbeResult {
  readonly dataDirectory: string;
  readonly clusterName: string;
}

export function databaseUrl(options: { port: number; password: string; database?: string }): string {
  return `postgres://${databaseUser}:${options.password}@127.0.0.1:${options.port}/${options.database ?? databaseName}`;
}

/** Signs in to a postmaster and asks who it is; makes mcsd's database where it is missing. Rejects with the driver's error. */
export async function probePostmaster(options: { port: number; password: string }): Promise<ProbeResult> {
  const sql = postgres(databaseUrl({ ...options, database: "postgres" }), {
    max: 1,
    connect_timeout: 5,
    idle_timeout: 5,
    fetch_types: false,
    onnotice: () => {},
  });
  try {
    const [row] = await sql`
      select current_setting('data_directory') as folder, current_setting('cluster_name') as name,
        exists (select from pg_database where datname = ${databaseName}) as made`;
    if (row?.made === false) await sql`create database ${sql(databaseName)}`;
    return { dataDirectory: String(row?.folder), clusterName: String(row?.name) };
  } finally {
    await sql.end({ timeout: 1 });
  }
}
