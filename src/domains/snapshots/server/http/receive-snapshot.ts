import { rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { z } from "zod";
import type { Ctx } from "@/server/context";
import { openTransfer, type Transfer, type TransferPlace } from "@/server/http/open-transfer";
import { sendJson } from "@/server/http/send-json";
import { reachServer } from "../../../servers/server/policy";
import type { ServerRecord } from "../../../servers/server/repository";
import { downloadFormats, snapshotPathSchema } from "../../contract";
import { importSnapshot } from "../import-snapshot";
import { toSnapshot } from "../repository";
import { requireRoomForManual } from "../require-room";
import { readQuery } from "./read-query";
import { receiveArchive } from "./receive-archive";

const querySchema = z.object({
  /** What it is, if one wants it refused when it is something else: the bytes themselves tell. */
  format: z.enum(downloadFormats).optional(),
  resource: z.enum(["server_full", "world"]).default("server_full"),
  path: snapshotPathSchema.optional(),
  note: z.string().trim().max(500).optional(),
});

/**
 * `PUT /api/servers/{id}/snapshots/import?format=…&resource=…&path=…&note=…`: an archive becomes a snapshot of type `imported`, which can be
 * looked into, compared and restored like any other. Nothing of the server is touched.
 */
export function receiveSnapshot(place: TransferPlace, transfer: Transfer & { serverId: string }): Promise<void> {
  const { request, response, serverId } = transfer;
  return openTransfer(place, transfer, {
    methods: ["PUT"],
    action: "snapshots.import",
    check: async (actor) => {
      for (const permission of ["files.upload", "backups.create"] as const)
        await reachServer({ actor, db: place.services.db }, serverId, permission);
    },
    work: async (ctx, signal) => {
      const record = await reachServer(ctx, serverId, "backups.create");
      const wanted = readQuery(request, querySchema);
      await requireRoomForManual(ctx, record);
      sendJson(response, 200, toSnapshot(await receive(ctx, { record, wanted, request, signal })));
    },
  });
}

async function receive(
  ctx: Ctx,
  options: {
    record: ServerRecord;
    wanted: z.output<typeof querySchema>;
    request: IncomingMessage;
    signal: AbortSignal;
  },
) {
  const { record, wanted, request, signal } = options;
  const archive = await receiveArchive(ctx, request, signal);
  try {
    return await importSnapshot(ctx, { record, archive, signal, ...wanted });
  } finally {
    await rm(archive, { force: true });
  }
}
