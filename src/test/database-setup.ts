import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { findPostmaster } from "@/server/db/embedded/postmaster-file";
import { isProcessAlive } from "@/server/db/embedded/process-state";
import { type EmbeddedDatabase, startEmbedded } from "@/server/db/embedded/start-embedded";
import { stopPostmaster } from "@/server/db/embedded/stop-postmaster";
import { migrateDatabase } from "@/server/db/migrate";
import { createLogger } from "@/server/logger";

const log = createLogger({ level: "silent", pretty: false });
const prefix = "mcsd-test-database-";
const template = "mcsd_test_template";

/**
 * vitest's global set-up: answers the workers' question for a database. With the first question a throw-away cluster
 * starts (or TEST_DATABASE_URL is taken) and a template is migrated once.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let cluster: Promise<{ adminUrl: string; stop: () => Promise<void> }> | null = null;
  const server = createServer((_request, response) => {
    cluster ??= startCluster();
    cluster.then(
      ({ adminUrl }) => response.end(JSON.stringify({ adminUrl, template })),
      (error) => response.writeHead(500).end(String(error?.stack ?? error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  project.provide("testClusterUrl", `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return async () => {
    server.close();
    server.closeAllConnections();
    await (await cluster?.catch(() => null))?.stop();
  };
}

async function startCluster() {
  const external = process.env.TEST_DATABASE_URL;
  const { adminUrl, stop } = external ? { adminUrl: external, stop: async () => {} } : await startThrowAway();
  const sql = postgres(adminUrl, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    await sql.unsafe(`drop database if exists ${template} with (force)`);
    await sql.unsafe(`create database ${template}`);
  } finally {
    await sql.end({ timeout: 1 });
  }
  const migrationsFolder = join(import.meta.dirname, "../../drizzle");
  const url = Object.assign(new URL(adminUrl), { pathname: `/${template}` }).href;
  if (existsSync(join(migrationsFolder, "meta", "_journal.json")))
    await migrateDatabase(url, { migrationsFolder, log });
  return { adminUrl, stop };
}

/** No flush ever reaches the disk: this cluster need not survive anything. */
async function startThrowAway(): Promise<{ adminUrl: string; stop: () => Promise<void> }> {
  await removeRemains();
  const dataDir = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  chmodSync(dataDir, 0o711);
  const settings = {
    fsync: "off",
    synchronous_commit: "off",
    full_page_writes: "off",
    max_connections: "200",
    shared_buffers: "64MB",
  };
  const database: EmbeddedDatabase = await startEmbedded({ dataDir, log, settings, noSync: true });
  return {
    adminUrl: database.url,
    stop: async () => {
      await database.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A run that was killed leaves its postmaster behind; the next one ends it. */
async function removeRemains(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const owner = Number.parseInt(name.slice(prefix.length), 10);
    if (isProcessAlive(owner)) continue;
    const folder = join(tmpdir(), name);
    try {
      const postmaster = findPostmaster(join(folder, "postgres"));
      if (postmaster !== null) await stopPostmaster(postmaster.pid, { fastMs: 3_000 });
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another user's remains are for that user.
    }
  }
}
