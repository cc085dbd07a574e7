import { createSnapshotEngine } from "@/domains/snapshots/server/engine/snapshot-engine";
import { applyRetention } from "@/domains/snapshots/server/retention/apply-retention";
import { connectDatabase } from "@/server/db/connect";
import { createLogger } from "@/server/logger";
import { retentionServices } from "./retention-services";

/** One run of retention in a process of its own, to be killed in the middle of it. */
export interface RetentionTask {
  root: string;
  workerFile: string;
  databaseUrl: string;
  serverId: string;
  ownerId: string;
}

async function main({ root, workerFile, databaseUrl, serverId, ownerId }: RetentionTask): Promise<void> {
  const db = connectDatabase(databaseUrl, { log: createLogger({ level: "silent", pretty: false }), max: 2 });
  const engine = createSnapshotEngine({ root, workerFile, extractorFile: workerFile });
  const services = retentionServices({ db, engine, serverId, ownerId });
  // The connection stands when it begins.
  await db.execute("select 1");
  process.stdout.write("ready\n");
  await applyRetention(services, serverId);
  await services.snapshots.collector.settled();
  process.stdout.write("done\n");
  await engine.close();
  await db.close();
}

await main(JSON.parse(process.argv[2] ?? "") as RetentionTask);
