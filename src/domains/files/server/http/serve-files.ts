import { AppError } from "@/server/errors";
import { openTransfer, type Transfer, type TransferPlace } from "@/server/http/open-transfer";
import { reachServer } from "../../../servers/server/policy";
import { lookInside } from "../../../snapshots/server/resolve-resource";
import { reachFiles } from "../reach-files";
import { pathInQuery } from "./path-in-query";
import { receiveFile } from "./receive-file";
import { sendFile } from "./send-file";
import { sendFolder } from "./send-folder";

/** `GET`, `HEAD` and `PUT /api/servers/{id}/files?path=…`: the bytes of one file; a folder comes as an archive (`&format=zip`). */
export function serveFiles(place: TransferPlace, transfer: Transfer & { serverId: string }): Promise<void> {
  const { request, serverId } = transfer;
  const isUpload = request.method === "PUT";
  const permission = isUpload ? "files.upload" : "files.download";
  return openTransfer(place, transfer, {
    methods: ["GET", "HEAD", "PUT"],
    action: permission,
    check: async (actor) => void (await reachServer({ actor, db: place.services.db }, serverId, permission)),
    work: async (ctx, signal) => {
      if (isUpload) return receiveFile(ctx, { ...transfer, signal });
      const path = pathInQuery(request.url);
      const from = await reachFiles(ctx, serverId, permission);
      const found = path === "" ? null : await lookInside(from.root, path);
      if (path !== "" && !found) throw new AppError("PATH_NOT_FOUND", "There is nothing at this path.", { path });
      if (!found || found.isDirectory()) return sendFolder(ctx, { ...transfer, place: from, path, signal });
      return sendFile(ctx, { ...transfer, place: from, path, signal });
    },
  });
}
