import type { Ctx } from "@/server/context";
import { isAppError } from "@/server/errors";
import { removeSnapshot } from "../delete-snapshot";
import { listVersionRows } from "../repository";

/** Removes what is more than the kept number of a file's versions, the oldest first; pinned ones stay and do not count. */
export async function pruneVersions(
  ctx: Ctx,
  { serverId, path, kept }: { serverId: string; path: string; kept: number },
): Promise<void> {
  const rows = (await listVersionRows(ctx.db, serverId, path)).filter(({ isPinned }) => !isPinned);
  for (const row of rows.slice(kept)) {
    try {
      const release = ctx.snapshots.uses.claim(row.id);
      try {
        await removeSnapshot(ctx, row);
      } finally {
        release();
      }
    } catch (error) {
      // Somebody looks at it right now: the next save tries again.
      if (!isAppError(error) || error.code !== "SNAPSHOT_IN_USE") throw error;
    }
  }
}
