import { systemActor } from "@/server/auth/actor";
import type { Services } from "@/server/context";
import { isAppError } from "@/server/errors";
import { recordAudit } from "../../../audit/server/record-audit";
import { defaultSchedule } from "../../contract";
import { removeSnapshot } from "../delete-snapshot";
import { listAllOfServer, listServersWithSnapshots } from "../repository";
import { limitsOf } from "../require-room";
import { withinLimits } from "../schedule/backup-limits";
import { findSchedule } from "../schedule/schedules-repository";
import { chooseRemovable } from "./choose-removable";

/** Removes the snapshots of a server that need not be kept, with a row in the audit log, and frees their space. */
export async function applyRetention(services: Services, serverId: string): Promise<string[]> {
  const { db, supervisor, clock, log, snapshots } = services;
  const record = supervisor.find(serverId)?.record;
  // What is left of a deleted server is nobody's to remove but its last owner's.
  if (!record) return [];
  const [row, limits, rows] = await Promise.all([
    findSchedule(db, serverId),
    limitsOf(services, record),
    listAllOfServer(db, serverId),
  ]);
  const { retention } = withinLimits(row?.schedule ?? defaultSchedule, limits, clock.now());
  const removable = chooseRemovable(rows, {
    scheduled: retention,
    others: Math.max(1, limits.maxBackups?.value ?? services.env.MAX_BACKUP_RETENTION),
    isInUse: snapshots.uses.isHeld,
  });
  if (removable.length === 0) return [];
  const removed: string[] = [];
  await recordAudit(db, systemActor("retention"), {
    action: "snapshots.prune",
    target: { kind: "server", id: serverId },
    details: { snapshots: removable.map(({ id, type, version }) => ({ id, type, version })) },
  });
  for (const item of removable) {
    try {
      const release = snapshots.uses.claim(item.id);
      try {
        await removeSnapshot(services, item);
        removed.push(item.id);
      } finally {
        release();
      }
    } catch (error) {
      // Somebody has begun to use it since: the next run looks at it again.
      if (!isAppError(error) || error.code !== "SNAPSHOT_IN_USE") throw error;
    }
  }
  log.info({ serverId, removed: removed.length }, "snapshots that need not be kept were removed");
  snapshots.collector.request();
  return removed;
}

export async function applyRetentionToAll(services: Services): Promise<void> {
  for (const serverId of await listServersWithSnapshots(services.db)) {
    if (services.shutdown.aborted) return;
    await applyRetention(services, serverId);
  }
}
