import { SnapshotsTab } from "@/domains/snapshots/ui/snapshots-tab";

export default async function ServerSnapshotsPage({ params }: { params: Promise<{ id: string }> }) {
  return <SnapshotsTab serverId={(await params).id} />;
}
