import type { Ctx } from "@/server/context";
import { listServerRecords } from "./repository";

/** Shows everybody whose a user's servers are now: after another name or another owner. What runs is not touched. */
export async function followOwner(ctx: Ctx, userId: string): Promise<void> {
  for (const { id, ownerId, ownerName } of await listServerRecords(ctx.db, { ownerId: userId, serverIds: [] })) {
    const tracked = ctx.supervisor.find(id);
    if (!tracked) continue;
    // Only these two: the rest of the row may be behind what is observed.
    Object.assign(tracked.record, { ownerId, ownerName });
    ctx.jobs.handOver(id, ownerId);
    ctx.supervisor.recorder.publish(tracked);
  }
}
