import { eq } from "drizzle-orm";
import type { Ctx } from "@/server/context";
import type { ServerRecord } from "../../servers/server/repository";
import { users } from "../../users/server/table";
import { listAllOfServer } from "./repository";
import { type BackupLimits, backupLimits, limitExceeded } from "./schedule/backup-limits";

const unlimited = {
  MAX_BACKUP_RETENTION: Number.POSITIVE_INFINITY,
  MAX_BACKUP_INTERVAL_HOURS: Number.POSITIVE_INFINITY,
};

/** The limits that hold for a server's snapshots: everybody's and its owner's. */
export async function limitsOf(
  ctx: Pick<Ctx, "db" | "settings"> & { env: typeof unlimited },
  { ownerId }: { ownerId: string },
): Promise<BackupLimits> {
  const [owner] = await ctx.db.select({ limits: users.limits }).from(users).where(eq(users.id, ownerId)).limit(1);
  return backupLimits({ env: ctx.env, application: ctx.settings.limits(), user: owner?.limits ?? {} });
}

/**
 * Throws LIMIT_EXCEEDED when an administrator has set how many snapshots a server may have and there are as many that people took:
 * pinned ones do not count. What the environment says is no quota, only how many retention leaves.
 */
export async function requireRoomForManual(ctx: Ctx, record: ServerRecord): Promise<void> {
  const { maxBackups } = await limitsOf({ ...ctx, env: unlimited }, record);
  if (!maxBackups || maxBackups.value === Number.POSITIVE_INFINITY) return;
  const rows = await listAllOfServer(ctx.db, record.id);
  const taken = rows.filter(
    ({ type, status, isPinned }) => (type === "manual" || type === "imported") && status !== "failed" && !isPinned,
  ).length;
  if (taken >= maxBackups.value) throw limitExceeded({ ...maxBackups, limit: "maxBackups", given: taken + 1 });
}
