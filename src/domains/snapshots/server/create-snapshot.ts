import type { z } from "zod";
import type { Ctx } from "@/server/context";
import { reachServer } from "../../servers/server/policy";
import type { createSnapshotInputSchema, Snapshot } from "../contract";
import { toSnapshot } from "./repository";
import { requireRoomForManual } from "./require-room";
import { resolveResource } from "./resolve-resource";
import { startSnapshot } from "./start-snapshot";

/**
 * Takes a snapshot by hand: of the whole server, a world or one file. A running game is quieted for the moment that the last
 * changes take to read. Resolves with the snapshot in the making and the promise of the whole one.
 */
export async function createSnapshot(
  ctx: Ctx,
  { serverId, resource, note, ...input }: z.output<typeof createSnapshotInputSchema>,
): Promise<{ snapshot: Snapshot; jobId: string; done: Promise<Snapshot> }> {
  const record = await reachServer(ctx, serverId, "backups.create");
  const path = await resolveResource(ctx.dataDir.paths, record.id, { resource, path: input.path });
  await requireRoomForManual(ctx, record);
  const { row, jobId, done } = await startSnapshot(ctx, record, { resource, path, note, type: "manual" });
  return { snapshot: toSnapshot(row), jobId, done: done.then(toSnapshot) };
}
