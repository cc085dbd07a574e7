import { notFound } from "next/navigation";
import { z } from "zod";
import { SnapshotPage } from "@/domains/snapshots/ui/detail/snapshot-page";

interface SnapshotRoute {
  params: Promise<{ id: string; snapshotId: string }>;
}

export default async function ServerSnapshotPage({ params }: SnapshotRoute) {
  const { id, snapshotId } = await params;
  if (!z.uuid().safeParse(snapshotId).success) notFound();
  return <SnapshotPage serverId={id} snapshotId={snapshotId} />;
}
