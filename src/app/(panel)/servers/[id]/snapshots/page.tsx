import { dehydrate } from "@tanstack/react-query";
import { fetchSnapshotFrame, openSnapshots } from "@/app/fetch-snapshots";
import { type PageQuery, toSearchParams } from "@/app/to-search-params";
import { readSnapshotFilter, snapshotListInput } from "@/domains/snapshots/ui/snapshot-filter";
import { SnapshotsTab } from "@/domains/snapshots/ui/snapshots-tab";
import { FetchedAhead } from "@/trpc/fetched-ahead";

interface SnapshotsRoute {
  params: Promise<{ id: string }>;
  searchParams: PageQuery;
}

export default async function ServerSnapshotsPage({ params, searchParams }: SnapshotsRoute) {
  const { id } = await params;
  const page = await openSnapshots(id);
  const { caller, client, keys } = page;
  const input = snapshotListInput(id, readSnapshotFilter(await toSearchParams(searchParams)));
  if (page.mayView)
    await Promise.all([
      client.prefetchInfiniteQuery({
        queryKey: keys.snapshots.list.infiniteQueryKey(input),
        queryFn: () => caller.snapshots.list(input),
        initialPageParam: undefined,
      }),
      fetchSnapshotFrame(page, id),
    ]);
  return (
    <FetchedAhead state={dehydrate(client)}>
      <SnapshotsTab serverId={id} />
    </FetchedAhead>
  );
}
