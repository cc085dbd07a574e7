import { dehydrate } from "@tanstack/react-query";
import { notFound } from "next/navigation";
import { z } from "zod";
import { fetchSnapshotFrame, openSnapshots } from "@/app/fetch-snapshots";
import { SnapshotPage } from "@/domains/snapshots/ui/detail/snapshot-page";
import { FetchedAhead } from "@/trpc/fetched-ahead";

interface SnapshotRoute {
  params: Promise<{ id: string; snapshotId: string }>;
}

export default async function ServerSnapshotPage({ params }: SnapshotRoute) {
  const { id, snapshotId } = await params;
  if (!z.uuid().safeParse(snapshotId).success) notFound();
  const page = await openSnapshots(id, `/${snapshotId}`);
  const { caller, client, keys } = page;
  if (page.mayView)
    await Promise.all([
      client.prefetchQuery({
        queryKey: keys.snapshots.get.queryKey({ snapshotId }),
        queryFn: () => caller.snapshots.get({ snapshotId }),
      }),
      fetchSnapshotFrame(page, id),
    ]);
  return (
    <FetchedAhead state={dehydrate(client)}>
      <SnapshotPage serverId={id} snapshotId={snapshotId} />
    </FetchedAhead>
  );
}
