import type { QueryClient } from "@tanstack/react-query";
import type { HostMetrics, MetricsEvent, ServerMetrics } from "../contract";
import { sampleSeconds } from "../contract";
import { appendSample } from "./append-sample";

type Input = { serverId?: string } | undefined;

/**
 * Writes a sample of the event stream into the histories in the query cache. Where a point is more than a sample, the history is
 * asked for again once a new point has begun.
 */
export function applyMetrics(client: QueryClient, event: MetricsEvent): void {
  const queryKey = [event.kind === "metrics" ? ["metrics", "server"] : ["metrics", "host"]];
  for (const query of client.getQueryCache().findAll({ queryKey })) {
    const input = (query.queryKey[1] as { input?: Input } | undefined)?.input;
    const data = query.state.data as ServerMetrics | HostMetrics | undefined;
    if (!data || (event.kind === "metrics" && input?.serverId !== event.serverId)) continue;
    const end = data.from.getTime() + data.points * data.stepSeconds * 1000;
    if (data.stepSeconds === sampleSeconds) client.setQueryData(query.queryKey, appended(data, event) ?? data);
    else {
      client.setQueryData(query.queryKey, { ...data, latest: event.values });
      if (event.at.getTime() >= end) void client.invalidateQueries({ queryKey: query.queryKey, exact: true });
    }
  }
}

/** Which of the two it is, the key has said. */
function appended(data: ServerMetrics | HostMetrics, event: MetricsEvent) {
  return event.kind === "metrics"
    ? appendSample(data as ServerMetrics, event.at, event.values)
    : appendSample(data as HostMetrics, event.at, event.values);
}
