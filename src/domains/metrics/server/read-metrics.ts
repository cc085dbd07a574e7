import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import { reachServer } from "../../servers/server/policy";
import { type HostMetrics, type MetricRange, metricRanges, type ServerMetrics, sampleSeconds } from "../contract";
import { hostTable, serverTable } from "./metric-tables";
import { readSeries, type Span } from "./repository";
import { floorTo } from "./roll-up";

/** What a server used, how many played and how fast it ticked, for whoever sees the server. */
export async function readServerMetrics(
  ctx: Ctx,
  { serverId, range }: { serverId: string; range: MetricRange },
): Promise<ServerMetrics> {
  await reachServer(ctx, serverId, "servers.view");
  const now = ctx.clock.now();
  const span = spanOf(range, now);
  const series = await readSeries(ctx.db, serverTable, sql`${serverId}::uuid`, { span, now });
  return { range, ...span, series, latest: ctx.metrics.latest(serverId) };
}

/** The same of the machine. */
export async function readHostMetrics(ctx: Ctx, { range }: { range: MetricRange }): Promise<HostMetrics> {
  requirePermission(ctx.actor, "system.view_health");
  const now = ctx.clock.now();
  const span = spanOf(range, now);
  const [series, capacity] = await Promise.all([
    readSeries(ctx.db, hostTable, null, { span, now }),
    ctx.metrics.hostCapacity(),
  ]);
  return { range, ...span, capacity, series, latest: ctx.metrics.latestOfHost() };
}

/** Points begin at multiples of their length, so that they do not wander with the time of asking. The last one holds `now`, unless it is a sample: those are whole. */
export function spanOf(range: MetricRange, now: Date): Span {
  const { stepSeconds, points } = metricRanges[range];
  const isRaw = stepSeconds === sampleSeconds;
  const end = floorTo(now.getTime(), stepSeconds) + (isRaw ? 0 : stepSeconds * 1000);
  return { from: new Date(end - points * stepSeconds * 1000), stepSeconds, points };
}
