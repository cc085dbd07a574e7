import { systemActor } from "@/server/auth/actor";
import type { Services } from "@/server/context";
import { recordAudit } from "../../../audit/server/record-audit";
import type { TrackedServer } from "../../../servers/server/tracked-server";
import { defaultSchedule } from "../../contract";
import { removeSnapshot } from "../delete-snapshot";
import { listAllOfServer, listServersWithSnapshots } from "../repository";
import { limitsOf } from "../require-room";
import { withinLimits } from "../schedule/backup-limits";
import { findSchedule } from "../schedule/schedules-repository";
import type { SnapshotRow } from "../table";
import { chooseRemovable } from "./choose-removable";

/** Removes the snapshots of a server that need not be kept, with a row in the audit log, and frees their space. */
export async function applyRetention(services: Services, serverId: string): Promise<string[]> {
  const { db, supervisor, clock, snapshots } = services;
  const tracked = supervisor.find(serverId);
  // What is left of a deleted server is nobody's to remove but its last owner's.
  if (!tracked) return [];
  const [row, limits, rows] = await Promise.all([
    findSchedule(db, serverId),
    limitsOf(services, tracked.record),
    listAllOfServer(db, serverId),
  ]);
  const { retention } = withinLimits(row?.schedule ?? defaultSchedule, limits, clock.now());
  const removable = chooseRemovable(rows, {
    scheduled: retention,
    others: Math.max(1, limits.maxBackups?.value ?? services.env.MAX_BACKUP_RETENTION),
    isInUse: snapshots.uses.isHeld,
  });
  return removeAll(services, tracked, removable);
}

async function removeAll(
  services: Services,
  { record }: Pick<TrackedServer, "record">,
  removable: readonly SnapshotRow[],
): Promise<string[]> {
  if (removable.length === 0) return [];
  const { db, jobs, log, snapshots } = services;
  const actor = systemActor("retention");
  const ids = removable.map(({ id }) => id);
  const claims = ids.map((id) => snapshots.uses.claim(id));
  try {
    const operation = await db.transaction(async (tx) => {
      await recordAudit(tx, actor, {
        action: "snapshots.prune",
        target: { kind: "server", id: record.id },
        details: { snapshots: removable.map(({ id, type, version }) => ({ id, type, version })) },
      });
      return jobs.open(tx, actor, {
        kind: "snapshots.prune",
        serverId: record.id,
        ownerId: record.ownerId,
        subject: record.name,
        // A crash in the middle is finished at the next boot: a row whose snapshot is gone would look like damage.
        data: { snapshotIds: ids.join(" ") },
      });
    });
    await jobs.run(operation, async () => {
      for (const row of removable) await removeSnapshot(services, row);
    });
  } finally {
    for (const release of claims) release();
  }
  log.info({ serverId: record.id, removed: ids.length }, "snapshots that need not be kept were removed");
  snapshots.collector.request();
  return ids;
}

export async function applyRetentionToAll(services: Services): Promise<void> {
  for (const serverId of await listServersWithSnapshots(services.db)) {
    if (services.shutdown.aborted) return;
    await applyRetention(services, serverId);
  }
}
