import { dehydrate } from "@tanstack/react-query";
import { openPage } from "@/app/open-page";
import { type PageQuery, toSearchParams } from "@/app/to-search-params";
import { readMetricsRange } from "@/domains/metrics/ui/metrics-range";
import { ServerOverview } from "@/domains/servers/ui/detail/server-overview";
import { FetchedAhead } from "@/trpc/fetched-ahead";

interface ServerRoute {
  params: Promise<{ id: string }>;
  searchParams: PageQuery;
}

export default async function ServerPage({ params, searchParams }: ServerRoute) {
  const { id } = await params;
  const { caller, client, keys } = await openPage(`/servers/${id}`);
  const input = { serverId: id, ...readMetricsRange(await toSearchParams(searchParams)) };
  await client.prefetchQuery({
    queryKey: keys.metrics.server.queryKey(input),
    queryFn: () => caller.metrics.server(input),
  });
  return (
    <FetchedAhead state={dehydrate(client)}>
      <ServerOverview serverId={id} />
    </FetchedAhead>
  );
}
