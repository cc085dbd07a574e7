import { stat } from "node:fs/promises";
import type { ErrorCode } from "@/lib/error-codes";
import type { Ctx } from "@/server/context";
import { isAppError } from "@/server/errors";
import { openTransfer, type Transfer, type TransferPlace } from "@/server/http/open-transfer";
import { reachServer } from "../../../servers/server/policy";
import { placeUpload } from "../place-upload";
import { reachFiles } from "../reach-files";
import { serveTus } from "./serve-tus";
import { TusStore } from "./tus-store";

/** Refusals that say nothing about the file. */
const mayPass = new Set<ErrorCode>([
  "SERVER_BUSY",
  "STATE_CONFLICT",
  "DISK_FULL",
  "DATABASE_UNAVAILABLE",
  "SHUTTING_DOWN",
]);

/**
 * `/api/servers/{id}/uploads`: uploads that can be broken off and taken up again (tus 1.0: creation, termination, expiration). Metadata: `path`, and
 * `replace` = `yes` where a file of that name may be there. The file takes its place with the last byte.
 */
export function serveUploads(place: TransferPlace, transfer: Transfer & { serverId: string }): Promise<void> {
  const { serverId } = transfer;
  return openTransfer(place, transfer, {
    methods: ["POST", "HEAD", "PATCH", "DELETE"],
    action: "files.upload",
    check: async (actor) => void (await reachServer({ actor, db: place.services.db }, serverId, "files.upload")),
    work: (ctx, signal) => serve(ctx, { ...transfer, signal }),
  });
}

async function serve(ctx: Ctx, transfer: Transfer & { serverId: string; signal: AbortSignal }) {
  const { serverId, signal } = transfer;
  const store = new TusStore(ctx, serverId);
  try {
    await serveTus(ctx, transfer, {
      path: `/api/servers/${serverId}/uploads`,
      store,
      onUploadFinish: async (_, { id }) => {
        const upload = await store.own(id);
        const { path, size, isNew } = upload;
        const target = await reachFiles(ctx, serverId, "files.upload");
        const lock = path === "server.jar" ? ctx.supervisor.lock(serverId, "upload") : null;
        try {
          if (lock) ctx.supervisor.requireAction(lock.tracked, "update");
          const [temporary, expected] = [store.partFile(id), isNew ? null : undefined];
          if ((await stat(temporary)).size !== size) throw new Error("an upload is not as long as it should be");
          await placeUpload(ctx, { place: target, path, temporary, bytes: size, expected, signal });
        } catch (error) {
          // What may pass is tried again with the last byte; a refusal is the end of it.
          if (isAppError(error) && !mayPass.has(error.code)) await store.forget(id);
          throw error;
        } finally {
          lock?.release();
        }
        await store.forget(id);
        return {};
      },
    });
  } finally {
    store.release();
  }
}
