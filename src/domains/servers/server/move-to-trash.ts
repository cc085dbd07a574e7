import { lstat, mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Database } from "@/server/db/connect";
import type { DataPaths } from "@/server/fs/data-paths";
import { syncFolder } from "@/server/fs/sync-folder";
import { writeFileDurable } from "@/server/fs/write-file-durable";
import { leaveSnapshots } from "../../snapshots/server/leave-snapshots";
import { deleteServerRow, type ServerRecord } from "./repository";

const keepDays = 7;

/** One rename moves the folder; a description of the server lies beside it, so that a person can bring it back. */
export async function moveToTrash(paths: DataPaths, record: ServerRecord, now: Date): Promise<void> {
  const entry = paths.trashFolder(record.id);
  await mkdir(entry, { recursive: true, mode: 0o700 });
  const { rconPassword, managementSecret, ...shown } = record;
  await writeFileDurable(
    join(entry, "server.json"),
    `${JSON.stringify({ ...shown, deletedAt: now.toISOString() }, null, 2)}\n`,
  );
  if (await exists(paths.serverFolder(record.id))) await rename(paths.serverFolder(record.id), join(entry, "files"));
  await syncFolder(entry);
  await syncFolder(paths.servers);
}

/** True when the one rename of a delete has happened. */
export async function isInTrash(paths: DataPaths, serverId: string): Promise<boolean> {
  return (await exists(join(paths.trashFolder(serverId), "files"))) && !(await exists(paths.serverFolder(serverId)));
}

export async function finishDelete(db: Database, serverId: string): Promise<void> {
  await db.transaction(async (tx) => {
    await leaveSnapshots(tx, serverId);
    await deleteServerRow(tx, serverId);
  });
}

/** Removes what has lain in the trash for 7 days. */
export async function purgeTrash(
  paths: DataPaths,
  now: Date,
  beforeRemoved: (name: string) => Promise<void> = async () => {},
): Promise<void> {
  for (const name of await readdir(paths.trash)) {
    const entry = join(paths.trash, name);
    // What was deleted from servers' files has an age of its own.
    if (entry === paths.allFileTrash) continue;
    const { mtimeMs } = await lstat(join(entry, "server.json")).catch(() => lstat(entry));
    if (mtimeMs >= now.getTime() - keepDays * 86_400_000) continue;
    await beforeRemoved(name);
    await rm(entry, { recursive: true, force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
