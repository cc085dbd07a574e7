import { requirePermission } from "@/server/auth/require-permission";
import { openTransfer, type Transfer, type TransferPlace } from "@/server/http/open-transfer";
import { serveTus } from "../../../files/server/upload/serve-tus";
import { ImportUploads } from "./import-uploads";

/** `/api/imports`: archives that servers are to be made of (tus 1.0: creation, termination, expiration). Metadata: `filename`. */
export function serveImportUploads(place: TransferPlace, transfer: Transfer): Promise<void> {
  return openTransfer(place, transfer, {
    methods: ["POST", "HEAD", "PATCH", "DELETE"],
    action: "servers.import",
    check: async (actor) => requirePermission(actor, "servers.create"),
    work: (ctx, signal) =>
      serveTus(ctx, { ...transfer, signal }, { path: "/api/imports", store: new ImportUploads(ctx) }),
  });
}
