import { can, router } from "@/server/trpc/procedures";
import { listAuditInputSchema } from "../contract";
import { listAudit } from "./list-audit";

/** Part of `system`. */
export const auditRouter = router({
  audit: can("system.update_settings")
    .input(listAuditInputSchema)
    .query(({ ctx, input }) => listAudit(ctx.verb, input)),
});
