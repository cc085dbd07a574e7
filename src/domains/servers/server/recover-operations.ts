import type { Clock } from "@/server/clock";
import type { Database } from "@/server/db/connect";
import type { DataPaths } from "@/server/fs/data-paths";
import type { Logger } from "@/server/logger";
import { interruptOperations, listOpenOperations } from "../../jobs/server/repository";
import { removeLayout } from "./lay-out-folder";
import { finishDelete, isInTrash } from "./move-to-trash";
import { findServerRecord, releaseOrphanedPorts } from "./repository";

/**
 * Settles every operation that mcsd's end cut off, before anything is served: a create is undone unless its row stands, a
 * delete is finished once the folder is in the trash. Returns the servers whose start or restart must be taken up again.
 */
export async function recoverOperations(deps: {
  db: Database;
  clock: Clock;
  log: Logger;
  paths: DataPaths;
}): Promise<Set<string>> {
  const open = await listOpenOperations(deps.db);
  const resume = new Set<string>();
  for (const { kind, serverId } of open) {
    if (!serverId) continue;
    if (kind === "servers.create" && !(await findServerRecord(deps.db, serverId)))
      await removeLayout(deps.paths, serverId);
    if (kind === "servers.delete" && (await isInTrash(deps.paths, serverId))) await finishDelete(deps.db, serverId);
    if (kind === "servers.start" || kind === "servers.restart") resume.add(serverId);
  }
  await releaseOrphanedPorts(deps.db);
  await interruptOperations(
    deps.db,
    open.map((operation) => operation.id),
    deps.clock.now(),
  );
  if (open.length > 0) deps.log.info({ operations: open.length }, "settled operations that were cut off");
  return resume;
}
