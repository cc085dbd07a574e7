import { QueryClient } from "@tanstack/react-query";
import { createTRPCClient } from "@trpc/client";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { expect, it } from "vitest";
import { applyServerEvent } from "@/components/live/apply-server-event";
import type { AppRouter } from "@/server/trpc/root";
import { type MetricRange, metricRanges, type ServerMetrics, type ServerValues, serverMetricNames } from "../contract";

const [a, b] = ["0198c0de-0000-7000-8000-00000000000a", "0198c0de-0000-7000-8000-00000000000b"] as const;
const start = new Date("2026-05-04T10:00:00Z");
const nothing = Object.fromEntries(serverMetricNames.map((name) => [name, null])) as Record<
  (typeof serverMetricNames)[number],
  null
>;
const historyOf = (range: MetricRange): ServerMetrics => ({
  ...{ range, from: start, ...metricRanges[range] },
  ...{ series: nothing, latest: null },
});
const values: ServerValues = { ...nothing, cpu: 0.5 };

it("puts a sample at the end of the hour of its server, and asks for longer ranges once a point is over", () => {
  const client = new QueryClient();
  const keys = createTRPCOptionsProxy<AppRouter>({
    client: createTRPCClient<AppRouter>({ links: [] }),
    queryClient: client,
  });
  const key = (serverId: string, range: MetricRange) => keys.metrics.server.queryKey({ serverId, range });
  for (const serverId of [a, b])
    for (const range of ["1h", "24h"] as const) client.setQueryData(key(serverId, range), historyOf(range));

  applyServerEvent(client, { kind: "metrics", serverId: a, at: new Date("2026-05-04T11:00:00Z"), values });
  const hour = client.getQueryData(key(a, "1h"));
  expect(hour?.series.cpu?.average.at(-1)).toBe(0.5);
  expect(hour?.from).toEqual(new Date("2026-05-04T10:00:15Z"));
  expect(client.getQueryData(key(a, "24h"))).toMatchObject({ latest: values, from: start });
  expect(client.getQueryState(key(a, "24h"))?.isInvalidated).toBe(false);
  expect(client.getQueryData(key(b, "1h"))).toEqual(historyOf("1h"));

  applyServerEvent(client, { kind: "metrics", serverId: a, at: new Date("2026-05-05T10:00:00Z"), values });
  expect(client.getQueryState(key(a, "24h"))?.isInvalidated).toBe(true);
  expect(client.getQueryState(key(b, "24h"))?.isInvalidated).toBe(false);
});
