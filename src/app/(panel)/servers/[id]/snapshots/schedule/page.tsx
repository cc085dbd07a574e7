import { dehydrate } from "@tanstack/react-query";
import { fetchSnapshotFrame, openSnapshots } from "@/app/fetch-snapshots";
import { SchedulePage } from "@/domains/snapshots/ui/schedule/schedule-page";
import { FetchedAhead } from "@/trpc/fetched-ahead";

export default async function ServerSchedulePage({ params }: { params: Promise<{ id: string }> }) {
  const { id: serverId } = await params;
  const page = await openSnapshots(serverId, "/schedule");
  const { caller, client, keys } = page;
  if (page.mayView)
    await Promise.all([
      client.prefetchQuery({
        queryKey: keys.snapshots.getSchedule.queryKey({ serverId }),
        queryFn: () => caller.snapshots.getSchedule({ serverId }),
      }),
      fetchSnapshotFrame(page, serverId),
    ]);
  return (
    <FetchedAhead state={dehydrate(client)}>
      <SchedulePage serverId={serverId} />
    </FetchedAhead>
  );
}
