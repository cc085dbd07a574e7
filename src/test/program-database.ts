import { readFile } from "node:fs/promises";
import { connectDatabase, type OpenDatabase } from "@/server/db/connect";
import { findPostmaster, type Postmaster } from "@/server/db/embedded/postmaster-file";
import { databaseUrl } from "@/server/db/embedded/probe-postmaster";
import { dataPaths } from "@/server/fs/data-paths";
import { createLogger } from "@/server/logger";

/** A connection of the test's own to the database that a program runs under its data folder. */
export async function openEmbedded(dataDir: string): Promise<OpenDatabase> {
  const password = (await readFile(dataPaths(dataDir).postgresPassword, "utf8")).trim();
  const { port } = postmasterOf(dataDir);
  return connectDatabase(databaseUrl({ port, password }), {
    log: createLogger({ level: "silent", pretty: false }),
    max: 2,
  });
}

/** The database's main process. */
export function postmasterOf(dataDir: string): Postmaster {
  const found = findPostmaster(dataPaths(dataDir).postgres);
  if (!found) throw new Error("The embedded database does not run");
  return found;
}
