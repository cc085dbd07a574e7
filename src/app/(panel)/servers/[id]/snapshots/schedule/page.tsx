import { SchedulePage } from "@/domains/snapshots/ui/schedule/schedule-page";

export default async function ServerSchedulePage({ params }: { params: Promise<{ id: string }> }) {
  return <SchedulePage serverId={(await params).id} />;
}
