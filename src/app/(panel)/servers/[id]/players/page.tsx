import { dehydrate } from "@tanstack/react-query";
import { openPage } from "@/app/open-page";
import { type PageQuery, toSearchParams } from "@/app/to-search-params";
import { readMetricsRange } from "@/domains/metrics/ui/metrics-range";
import { PlayersTab } from "@/domains/players/ui/players-tab";
import { FetchedAhead } from "@/trpc/fetched-ahead";

interface ServerPlayersRoute {
  params: Promise<{ id: string }>;
  searchParams: PageQuery;
}

export default async function ServerPlayersPage({ params, searchParams }: ServerPlayersRoute) {
  const { id: serverId } = await params;
  const { caller, client, keys } = await openPage(`/servers/${serverId}/players`);
  const ofServer = { serverId };
  const metrics = { serverId, ...readMetricsRange(await toSearchParams(searchParams)) };
  await Promise.all([
    client.prefetchQuery({
      queryKey: keys.players.online.queryKey(ofServer),
      queryFn: () => caller.players.online(ofServer),
    }),
    client.prefetchQuery({
      queryKey: keys.players.totals.queryKey(ofServer),
      queryFn: () => caller.players.totals(ofServer),
    }),
    client.prefetchQuery({
      queryKey: keys.metrics.server.queryKey(metrics),
      queryFn: () => caller.metrics.server(metrics),
    }),
  ]);
  return (
    <FetchedAhead state={dehydrate(client)}>
      <PlayersTab serverId={serverId} />
    </FetchedAhead>
  );
}
