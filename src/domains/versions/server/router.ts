import { approvedProcedure, can, router } from "@/server/trpc/procedures";
import { listVersionsInputSchema, refreshVersionsInputSchema, versionLogInputSchema } from "../contract";
import { listVersionLog } from "./list-version-log";
import { listVersionTypes } from "./list-version-types";
import { listVersions } from "./list-versions";
import { requestRefresh } from "./request-refresh";

export const versionsRouter = router({
  types: approvedProcedure.query(({ ctx }) =>
    listVersionTypes({ db: ctx.verb.db, sources: ctx.verb.versionRefresher.sources }),
  ),
  list: approvedProcedure.input(listVersionsInputSchema).query(({ ctx, input }) => listVersions(ctx.verb, input)),
  log: approvedProcedure.input(versionLogInputSchema).query(({ ctx, input }) => listVersionLog(ctx.verb, input)),
  refresh: can("servers.create")
    .input(refreshVersionsInputSchema)
    .mutation(({ ctx, input }) => requestRefresh(ctx.verb, input)),
});
