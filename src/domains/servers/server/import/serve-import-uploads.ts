import { randomUUID } from "node:crypto";
import { MemoryLocker, Server } from "@tus/server";
import { requirePermission } from "@/server/auth/require-permission";
import { isAppError, isDatabaseDown, statusOf, toErrorBody } from "@/server/errors";
import { explainDiskError } from "@/server/fs/explain-disk-error";
import { openTransfer, type Transfer, type TransferPlace } from "@/server/http/open-transfer";
import { ImportUploads } from "./import-uploads";

/** One writer per upload, whichever request it comes with. */
const locker = new MemoryLocker();

/** `/api/imports`: archives that servers are to be made of (tus 1.0: creation, termination, expiration). Metadata: `filename`. */
export function serveImportUploads(place: TransferPlace, transfer: Transfer): Promise<void> {
  return openTransfer(place, transfer, {
    methods: ["POST", "HEAD", "PATCH", "DELETE"],
    action: "servers.import",
    check: async (actor) => requirePermission(actor, "servers.create"),
    work: async (ctx, signal) => {
      const { request, response } = transfer;
      const store = new ImportUploads(ctx);
      const requestId = String(response.getHeader("x-request-id") ?? "");
      const server = new Server({
        path: "/api/imports",
        datastore: store,
        locker,
        relativeLocation: true,
        // Other origins are let in, or not, before this is reached.
        allowedOrigins: () => false,
        namingFunction: () => randomUUID(),
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
      const id = /\/imports\/([^/?]+)/.exec(request.url ?? "")?.[1];
      if (id) await store.own(id);
      const cut = () => request.destroy();
      signal.addEventListener("abort", cut, { once: true });
      try {
        await server.handle(request, response);
      } finally {
        signal.removeEventListener("abort", cut);
      }
    },
  });
}
