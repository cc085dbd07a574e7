import { chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { databaseUser } from "./postgres-settings";
import { type SpawnOptions, spawnPostmaster } from "./spawn-postmaster";
import { stopPostmaster } from "./stop-postmaster";

/**
 * Gives the database's user a new password while no postmaster runs: for a data folder that came back from a backup
 * without its password file. For that moment the database listens on nothing but a socket in a folder of its user, and
 * trusts whoever reaches it: that user and root, who own the files anyway.
 */
export async function resetPassword(options: SpawnOptions, password: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "mcsd-pg-"));
  const rules = join(folder, "pg_hba.conf");
  try {
    await writeFile(rules, "local all all trust\n");
    if (options.uid !== null) await chown(folder, options.uid, options.uid);
    const settings = { ...options.settings, listen_addresses: "", unix_socket_directories: folder, hba_file: rules };
    const { pid = 0 } = await spawnPostmaster({ ...options, settings }, 5432);
    const sql = postgres({
      host: folder,
      port: 5432,
      user: databaseUser,
      database: "postgres",
      max: 1,
      fetch_types: false,
    });
    try {
      await sql.unsafe(`alter role ${databaseUser} password '${password}'`);
    } finally {
      await sql.end({ timeout: 1 });
      await stopPostmaster(pid);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
