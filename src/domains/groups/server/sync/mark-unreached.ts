import type { Database } from "@/server/db/connect";
import { isAppError } from "@/server/errors";
import { listServerGroups, setAttachmentState } from "../attachments-repository";
import type { ChangedGroup } from "./sync-lists";

/** Says of a server's groups why they have not reached it. Those that had stay. Returns which have changed. */
export async function markUnreached(db: Database, serverId: string, error: unknown): Promise<ChangedGroup[]> {
  const known = isAppError(error) ? { code: error.code, message: error.message } : { code: "INTERNAL", message: "" };
  const state = known.code === "LIST_UNREADABLE" ? "failed" : "pending";
  return db.transaction(async (tx) => {
    const changed: ChangedGroup[] = [];
    for (const group of await listServerGroups(tx, serverId, true)) {
      if (group.state === "synced") continue;
      if (group.state === state && group.lastError?.code === known.code) continue;
      await setAttachmentState(tx, { groupId: group.groupId, serverId, state, lastError: known });
      changed.push({ groupId: group.groupId, ownerId: group.ownerId });
    }
    return changed;
  });
}
