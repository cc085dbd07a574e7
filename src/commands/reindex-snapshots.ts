import { join } from "node:path";
import { createSnapshotEngine } from "@/domains/snapshots/server/engine/snapshot-engine";
import { reindexSnapshots } from "@/domains/snapshots/server/reindex-snapshots";
import { connectDatabase } from "@/server/db/connect";
import { migrateDatabase } from "@/server/db/migrate";
import { openCommand } from "./open-command";

const usage = `usage: npm run snapshots:reindex
Makes the rows of all snapshots anew that are on disk and not in the database, and marks those that are in the database and not on
disk. mcsd must be stopped; it does the same by itself whenever it starts.`;

if (process.argv.includes("--help")) {
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}
const { url, paths, log, close } = await openCommand();
await migrateDatabase(url, { migrationsFolder: join(process.cwd(), "drizzle"), log });
const db = connectDatabase(url, { log });
const nowhere = new URL("file:///");
const engine = createSnapshotEngine({ root: paths.snapshots, workerFile: nowhere, extractorFile: nowhere });
try {
  const { adopted, missing, unreadable } = await reindexSnapshots({ db, log, engine, now: new Date() });
  process.stdout.write(`${adopted} added, ${missing} missing on disk, ${unreadable} that cannot be read\n`);
  if (unreadable > 0) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
} finally {
  await engine.close();
  await db.close();
  await close();
}
