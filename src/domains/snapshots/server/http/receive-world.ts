import { z } from "zod";
import { openTransfer, type Transfer, type TransferPlace } from "@/server/http/open-transfer";
import { sendJson } from "@/server/http/send-json";
import { reachServer } from "../../../servers/server/policy";
import { snapshotPathSchema } from "../../contract";
import { replacePermissions, replaceWorld, requireReplaceable } from "../restore/replace-world";
import { readQuery } from "./read-query";
import { receiveArchive } from "./receive-archive";

const querySchema = z.object({
  /** The world's folder; left out: the one that the server plays. */
  path: snapshotPathSchema.optional(),
  note: z.string().trim().max(500).optional(),
});

/**
 * `PUT /api/servers/{id}/world?path=…&note=…`: an archive becomes the server's world. Answers 202 with the job once all of it has arrived;
 * the job goes on without the client.
 */
export function receiveWorld(place: TransferPlace, transfer: Transfer & { serverId: string }): Promise<void> {
  const { request, response, serverId } = transfer;
  return openTransfer(place, transfer, {
    methods: ["PUT"],
    action: "snapshots.replaceWorld",
    check: async (actor) => {
      for (const permission of replacePermissions)
        await reachServer({ actor, db: place.services.db }, serverId, permission);
    },
    work: async (ctx, signal) => {
      const wanted = readQuery(request, querySchema);
      // Before anybody sends hundreds of megabytes for nothing.
      await requireReplaceable(ctx, serverId);
      const archive = await receiveArchive(ctx, request, signal);
      const { jobId, done } = await replaceWorld(ctx, { serverId, archive, ...wanted });
      // The job itself tells how it ended.
      done.catch(() => {});
      sendJson(response, 202, { jobId });
    },
  });
}
