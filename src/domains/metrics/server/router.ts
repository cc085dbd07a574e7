import { can, router } from "@/server/trpc/procedures";
import { hostMetricsInputSchema, serverMetricsInputSchema } from "../contract";
import { readHostMetrics, readServerMetrics } from "./read-metrics";

const server = can("servers.view")
  .input(serverMetricsInputSchema)
  .query(({ ctx, input }) => readServerMetrics(ctx.verb, input));

export const metricsRouter = router({
  server,
  host: can("system.view_health")
    .input(hostMetricsInputSchema)
    .query(({ ctx, input }) => readHostMetrics(ctx.verb, input)),
});

/** The same history under the name that scripts know. */
export const serverMetricsRouter = router({ metrics: server });
