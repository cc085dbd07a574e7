import { randomUUID } from "node:crypto";
import { stat } from "node:fs/promises";
import { MemoryLocker, Server } from "@tus/server";
import type { ErrorCode } from "@/lib/error-codes";
import type { Ctx } from "@/server/context";
import { isAppError, isDatabaseDown, statusOf, toErrorBody } from "@/server/errors";
import { explainDiskError } from "@/server/fs/explain-disk-error";
import { openTransfer, type Transfer, type TransferPlace } from "@/server/http/open-transfer";
import { reachServer } from "../../../servers/server/policy";
import { placeUpload } from "../place-upload";
import { reachFiles } from "../reach-files";
import { TusStore } from "./tus-store";

/** Refusals that say nothing about the file. */
const mayPass = new Set<ErrorCode>([
  "SERVER_BUSY",
  "STATE_CONFLICT",
  "DISK_FULL",
  "DATABASE_UNAVAILABLE",
  "SHUTTING_DOWN",
]);

/** One writer per upload, whichever request it comes with. */
const locker = new MemoryLocker();

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

async function serve(
  ctx: Ctx,
  { request, response, serverId, signal }: Transfer & { serverId: string; signal: AbortSignal },
) {
  const store = new TusStore(ctx, serverId);
  const requestId = String(response.getHeader("x-request-id") ?? "");
  const server = new Server({
    path: `/api/servers/${serverId}/uploads`,
    datastore: store,
    locker,
    relativeLocation: true,
    // Other origins are let in, or not, before this is reached.
    allowedOrigins: () => false,
    namingFunction: () => randomUUID(),
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
    onResponseError: (_, thrown) => {
      const error = explainDiskError(thrown);
      if (!isAppError(error) && !isDatabaseDown(error) && "status_code" in thrown)
        return {
          status_code: thrown.status_code,
          body: JSON.stringify({ error: { code: "BAD_REQUEST", message: thrown.body } }),
        };
      if (!isAppError(error)) ctx.log.error({ err: error, requestId }, "an upload failed");
      const status_code = isAppError(error) ? statusOf(error.code) : isDatabaseDown(error) ? 503 : 500;
      return { status_code, body: JSON.stringify({ error: toErrorBody(error, requestId) }) };
    },
  });
  // Before the library takes its lock: what is somebody else's is not even held up.
  const id = /\/uploads\/([^/?]+)/.exec(request.url ?? "")?.[1];
  if (id) await store.own(id);
  // A right that has gone ends what is being sent; what has come stays for whoever may go on with it.
  const cut = () => request.destroy();
  signal.addEventListener("abort", cut, { once: true });
  try {
    await server.handle(request, response);
  } finally {
    signal.removeEventListener("abort", cut);
    store.release();
  }
}
