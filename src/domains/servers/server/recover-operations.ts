import type { Clock } from "@/server/clock";
import type { Database } from "@/server/db/connect";
import type { DataPaths } from "@/server/fs/data-paths";
import type { Logger } from "@/server/logger";
import type { JobKind } from "../../jobs/contract";
import { listOpenOperations, settleOperations } from "../../jobs/server/repository";
import type { OperationRow } from "../../jobs/server/table";
import { removeLayout } from "./lay-out-folder";
import { finishDelete, isInTrash } from "./move-to-trash";
import { findServerRecord, releaseOrphanedPorts } from "./repository";

/** What is taken up again where it was cut off. */
export type Resumable = Extract<JobKind, "servers.start" | "servers.restart">;

interface Deps {
  db: Database;
  clock: Clock;
  log: Logger;
  paths: DataPaths;
  /** Removes what the launch strategies keep for a server that is gone. */
  forget(serverId: string): Promise<void>;
  /** Settles an operation of another domain: true when its whole effect stands. */
  settleOther(operation: OperationRow): Promise<boolean>;
}

/**
 * Settles every operation that mcsd's end cut off, before anything is served: a create is undone unless its row stands, a
 * delete is finished once the folder is in the trash. Returns the servers whose start or restart must be taken up again.
 */
export async function recoverOperations(deps: Deps): Promise<ReadonlyMap<string, Resumable>> {
  const open = await listOpenOperations(deps.db);
  const resume = new Map<string, Resumable>();
  const settled = { done: [] as string[], interrupted: [] as string[] };
  for (const operation of open) {
    const isDone = await settle(deps, operation);
    settled[isDone ? "done" : "interrupted"].push(operation.id);
    const { kind, serverId, data } = operation;
    if (serverId && (kind === "servers.start" || kind === "servers.restart")) resume.set(serverId, kind);
    // A server that was stopped for what it was cut off in runs again.
    if (serverId && data?.restart) resume.set(serverId, "servers.start");
  }
  await releaseOrphanedPorts(deps.db);
  await settleOperations(deps.db, settled, deps.clock.now());
  if (open.length > 0) deps.log.info({ operations: open.length }, "settled operations that were cut off");
  return resume;
}

/** True when the operation's whole effect stands. */
async function settle(deps: Deps, operation: OperationRow): Promise<boolean> {
  const { kind, serverId } = operation;
  if (kind.startsWith("snapshots.")) return deps.settleOther(operation);
  if (!serverId) return false;
  const stands = (await findServerRecord(deps.db, serverId)) !== null;
  if (kind === "servers.create" || kind === "servers.import" || kind === "servers.clone") {
    if (!stands) await removeLayout(deps.paths, serverId);
    return stands;
  }
  if (kind !== "servers.delete") return false;
  if (stands && !(await isInTrash(deps.paths, serverId))) return false;
  await finishDelete(deps.db, serverId);
  await deps.forget(serverId);
  return true;
}
